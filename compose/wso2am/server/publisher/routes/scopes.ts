import type { Version } from '../../../../../lab/product/versions.ts';
import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { changeApi } from '../change-api.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import type { Api } from '../model/api.ts';
import { type ApiScope, scopeBody, scopeSchema } from '../model/scope.ts';
import { requireApi } from '../rules/require-api.ts';
import { isScope } from '../stores/scopes.ts';
import { nameIn } from './encoded-name.ts';

/** Scopes outside of the bodies of APIs: those of an API in 3.0.0, and later whether there is one of a name. */
export const scopeRoutes = (context: PublisherContext): readonly RestRoute[] => BY_VERSION[context.version](context);

const ofOneApi = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/apis/:apiId/scopes',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const bodies = api.scopes.map((scope) => scopeBody(context.version, scope));
      return json(200, paged(bodies, pageOf(call.query), `/apis/${api.id}/scopes`));
    },
  },
  {
    method: 'POST',
    path: '/apis/:apiId/scopes',
    scopes: ['apim:api_create'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const scope = await jsonBody(call, scopeSchema(context.version));
      if (await isScope(context.apim, context.version, scope.name)) {
        throw new RestError('alreadyExists', `Scope ${scope.name} already exists`);
      }
      await writeScopes(context, api, [...api.scopes, scope], user.name);
      return json(201, scopeBody(context.version, scope), {
        Location: locationOf(context, `/apis/${api.id}/scopes/${encodeURIComponent(scope.name)}`),
      });
    },
  },
  {
    method: 'GET',
    path: '/apis/:apiId/scopes/:name',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      return json(200, scopeBody(context.version, requireScope(api, call.params.name ?? '')));
    },
  },
  {
    method: 'PUT',
    path: '/apis/:apiId/scopes/:name',
    scopes: ['apim:api_create'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const { name } = requireScope(api, call.params.name ?? '');
      // What a scope is known by never changes, whatever the body says.
      const scope = { ...(await jsonBody(call, scopeSchema(context.version))), name, displayName: name };
      const scopes = api.scopes.map((each) => (each.name === name ? scope : each));
      await writeScopes(context, api, scopes, user.name);
      return json(200, scopeBody(context.version, scope));
    },
  },
  {
    method: 'DELETE',
    path: '/apis/:apiId/scopes/:name',
    scopes: ['apim:api_create'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const scope = requireScope(api, call.params.name ?? '');
      const left = api.scopes.filter((each) => each !== scope);
      await writeScopes(context, api, left, user.name);
      return { status: 200 };
    },
  },
];

/** `HEAD /scopes/{name}`: 200 where there is a scope of the name. */
const ofAName = ({ apim, version }: PublisherContext): readonly RestRoute[] => [
  {
    method: 'HEAD',
    path: '/scopes/:name',
    scopes: ['apim:api_create'],
    handle: async (call) => {
      const name = nameIn(call.params.name ?? '');
      return { status: name !== undefined && (await isScope(apim, version, name)) ? 200 : 404 };
    },
  },
];

const BY_VERSION: Readonly<Record<Version, (context: PublisherContext) => readonly RestRoute[]>> = {
  '3.0.0': ofOneApi,
  '3.1.0': ofAName,
  '3.2.0': ofAName,
};

const requireScope = ({ id, scopes }: Api, name: string): ApiScope => {
  const scope = scopes.find((each) => each.name === name);
  if (!scope) throw new RestError('notFound', `Requested Scope with Id '${name}' of the API '${id}' not found`);
  return scope;
};

const writeScopes = async (
  context: PublisherContext,
  before: Api,
  scopes: readonly ApiScope[],
  user: string,
): Promise<void> => {
  const api = { ...before, scopes: [...scopes], lastUpdatedTime: new Date(context.clock()) };
  await changeApi(context, before, api, user);
};
