import { json } from '../../carbon/web.ts';
import { listPolicies, type Policy, type PolicyLevel } from '../../publisher/stores/policies.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { TIME_UNITS } from '../../throttling/siddhi/time-units.ts';
import type { DevportalContext } from '../context.ts';
import { open } from './open.ts';

/** Levels whose policies the Portal offers. */
const POLICY_LEVELS: readonly PolicyLevel[] = ['application', 'subscription'];

/** Policies that applications and subscriptions may name. */
export const throttlingPolicyRoutes = (context: DevportalContext): readonly RestRoute[] => [
  open('/throttling-policies/:policyLevel', async (call) => {
    const level = levelOf(call.params.policyLevel ?? '');
    const bodies = (await listPolicies(context.apim, level)).map((policy) => policyBody(level, policy));
    return json(200, paged(bodies, pageOf(call.query), `/throttling-policies/${level}`));
  }),
  open('/throttling-policies/:policyLevel/:policyId', async (call) => {
    const level = levelOf(call.params.policyLevel ?? '');
    const name = call.params.policyId ?? '';
    const policy = (await listPolicies(context.apim, level)).find((each) => each.name === name);
    if (!policy) throw new RestError('notFound', `Requested Tier with Id '${name}' not found`);
    return json(200, policyBody(level, policy));
  }),
];

const levelOf = (written: string): PolicyLevel => {
  const level = POLICY_LEVELS.find((each) => each === written);
  if (level === undefined)
    throw new RestError('badRequest', `tierLevel should be one of [${POLICY_LEVELS.join(', ')}]`);
  return level;
};

const policyBody = (policyLevel: PolicyLevel, policy: Policy): object => ({
  name: policy.name,
  description: policy.description,
  policyLevel,
  attributes: {},
  requestCount: policy.requestCount,
  /** Milliseconds, whatever the unit. */
  unitTime: policy.unitTime * (TIME_UNITS.get(policy.timeUnit) ?? 0),
  tierPlan: policy.tierPlan,
  stopOnQuotaReach: policy.stopOnQuotaReach,
  monetizationAttributes: null,
  throttlingPolicyPermissions: null,
});
