import { randomUUID } from 'node:crypto';
import { json } from '../../carbon/web.ts';
import { isDuplicate } from '../../database/database-error.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { type Application, applicationFields, DEFAULT_TOKEN_TYPE } from '../model/application.ts';
import { applicationBody, applicationInfoBody } from '../model/application-body.ts';
import { applicationChange } from '../model/application-change.ts';
import { keysBody } from '../model/keys-body.ts';
import { checkPolicy } from '../rules/check-policy.ts';
import { requireApplication } from '../rules/require-application.ts';
import { findOrAddSubscriber, insertApplication, listApplications, updateApplication } from '../stores/applications.ts';
import { deleteApplication } from '../stores/delete-application.ts';
import { listKeys } from '../stores/keys.ts';
import { MANAGE_APPLICATIONS } from './scopes.ts';

/** Applications of whoever calls (wire.md 7.2, step 5). Nobody sees another user's: sharing in groups is not simulated. */
export const applicationRoutes = (context: DevportalContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: '/applications',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const { description, tokenType, ...fields } = await jsonBody(call, applicationFields);
      await checkPolicy(context.apim, fields.throttlingPolicy);
      const id = randomUUID();
      await unlessTaken(
        fields.name,
        insertApplication(context.apim, {
          ...fields,
          id,
          description: description ?? '',
          tokenType: tokenType ?? DEFAULT_TOKEN_TYPE,
          owner: user.name,
          subscriberId: await findOrAddSubscriber(context.apim, user.name),
        }),
      );
      const created = await requireApplication(context.apim, id, user);
      await context.events.applicationChanged.fire(applicationChange('created', created));
      return json(201, applicationBody(created, []), { Location: locationOf(context, `/applications/${id}`) });
    },
  },
  {
    method: 'GET',
    path: '/applications',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const query = call.query.get('query') ?? '';
      const wanted = query.toLowerCase();
      const found = (await listApplications(context.apim, user.name)).filter(({ name }) =>
        name.toLowerCase().includes(wanted),
      );
      return json(200, paged(found.map(applicationInfoBody), pageOf(call.query), '/applications', { query }));
    },
  },
  {
    method: 'GET',
    path: '/applications/:applicationId',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      return json(200, await described(context, application));
    },
  },
  {
    method: 'PUT',
    path: '/applications/:applicationId',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const before = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      const { description, tokenType, ...fields } = await jsonBody(call, applicationFields);
      await checkPolicy(context.apim, fields.throttlingPolicy);
      const application = {
        ...before,
        ...fields,
        description: description ?? '',
        tokenType: tokenType ?? before.tokenType,
      };
      await unlessTaken(fields.name, updateApplication(context.apim, before.rowId, application, user.name));
      await context.events.applicationChanged.fire(applicationChange('updated', application));
      return json(200, await described(context, application));
    },
  },
  {
    method: 'DELETE',
    path: '/applications/:applicationId',
    scopes: MANAGE_APPLICATIONS,
    handle: async (call, { user }) => {
      const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
      const tokens = await deleteApplication(context.apim, application);
      await context.events.applicationChanged.fire(applicationChange('deleted', application, tokens));
      return { status: 200 };
    },
  },
];

const described = async ({ apim, version }: DevportalContext, application: Application): Promise<object> => {
  const keys = await listKeys(apim, application.rowId);
  return applicationBody(
    application,
    keys.map((each) => keysBody(version, each)),
  );
};

/** The database decides whose name is unique, so that of two calls at the same moment one wins. @throws RestError 409 */
const unlessTaken = async (name: string, writing: Promise<void>): Promise<void> => {
  try {
    await writing;
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause;
    throw new RestError('alreadyExists', `A duplicate application already exists by the name - ${name}`);
  }
};
