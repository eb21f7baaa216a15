import { json } from '../../carbon/web.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { TIME_UNITS } from '../../throttling/siddhi/time-units.ts';
import type { PublisherContext } from '../context.ts';
import { listPolicies, type Policy, type PolicyLevel } from '../stores/policies.ts';

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
];

const levelOf = (written: string): PolicyLevel => {
  const level = Object.hasOwn(LEVELS, written) ? LEVELS[written] : undefined;
  if (level === undefined) {
    throw new RestError('badRequest', 'tierLevel should be one of [api, subcription]');
  }
  return level;
};

const policyBody = (level: PolicyLevel, policy: Policy): object => ({
  name: policy.name,
  displayName: policy.displayName,
  description: policy.description,
  policyLevel: level,
  attributes: {},
  requestCount: policy.requestCount,
  /** Milliseconds, whatever the unit. */
  unitTime: policy.unitTime * (TIME_UNITS.get(policy.timeUnit) ?? 0),
  timeUnit: policy.timeUnit,
  tierPlan: policy.tierPlan,
  stopOnQuotaReach: policy.stopOnQuotaReach,
  monetizationProperties: {},
});
