import { json } from '../../carbon/web.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { policyBody } from '../model/policy-body.ts';
import { requireApi } from '../rules/require-api.ts';
import { listPolicies, type PolicyLevel } from '../stores/policies.ts';

/** The REST API's word for the second level lacks a letter; clients that write it in full are understood too. */
const LEVELS: Readonly<Record<string, PolicyLevel>> = {
  api: 'api',
  subcription: 'subscription',
  subscription: 'subscription',
};

/** Policies an API may name, by level. */
export const throttlingPolicyRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/throttling-policies/:policyLevel',
    scopes: ['apim:tier_view'],
    handle: async (call) => {
      const level = levelOf(call.params.policyLevel ?? '');
      const bodies = (await listPolicies(context.apim, level)).map((policy) => policyBody(level, policy));
      return json(200, paged(bodies, pageOf(call.query), `/throttling-policies/${level}`));
    },
  },
  {
    method: 'GET',
    path: '/throttling-policies/:policyLevel/:policyName',
    scopes: ['apim:tier_view'],
    handle: async (call) => {
      const level = levelOf(call.params.policyLevel ?? '');
      const name = call.params.policyName ?? '';
      const policy = (await listPolicies(context.apim, level)).find((each) => each.name === name);
      if (!policy) throw new RestError('notFound', `Requested Tier with Id '${name}' not found`);
      return json(200, policyBody(level, policy));
    },
  },
  {
    method: 'GET',
    path: '/apis/:apiId/subscription-policies',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const policies = await listPolicies(context.apim, 'subscription');
      const own = policies.filter(({ name }) => api.policies.includes(name));
      return json(
        200,
        own.map((policy) => policyBody('subscription', policy)),
      );
    },
  },
];

const levelOf = (written: string): PolicyLevel => {
  const level = Object.hasOwn(LEVELS, written) ? LEVELS[written] : undefined;
  if (level === undefined) {
    throw new RestError('badRequest', 'tierLevel should be one of [api, subcription]');
  }
  return level;
};
