import { json } from '../../carbon/web.ts';
import { listPolicies, type PolicyLevel } from '../../publisher/stores/policies.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { policyBody } from '../model/policy-body.ts';
import { requireVisibleApi } from '../rules/visible-apis.ts';
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
  open('/apis/:apiId/subscription-policies', async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    const policies = await listPolicies(context.apim, 'subscription');
    const own = policies.filter(({ name }) => api.policies.includes(name));
    return json(
      200,
      own.map((policy) => policyBody('subscription', policy)),
    );
  }),
];

const levelOf = (written: string): PolicyLevel => {
  const level = POLICY_LEVELS.find((each) => each === written);
  if (level === undefined)
    throw new RestError('badRequest', `tierLevel should be one of [${POLICY_LEVELS.join(', ')}]`);
  return level;
};
