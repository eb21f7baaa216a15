import { randomUUID } from 'node:crypto';
import type { Change } from '../../../carbon/events.ts';
import { type Call, json } from '../../../carbon/web.ts';
import type { Statements } from '../../../database/database.ts';
import { retryWhenBeaten } from '../../../keymanager/stores/retry.ts';
import { jsonBody } from '../../../rest-api/json-body.ts';
import type { RestRoute } from '../../../rest-api/rest-endpoints.ts';
import { RestError } from '../../../rest-api/rest-error.ts';
import type { NamedPlan } from '../../../throttling/plans/plans-of-policy.ts';
import { PolicyError } from '../../../throttling/plans/policy-error.ts';
import type { AdminContext } from '../../context.ts';
import { locationOf } from '../../location.ts';
import { formOf } from '../limit.ts';
import { checkDeletable, POLICY_SCOPES } from '../policy-access.ts';
import { type AdvancedPolicy, plansOfAdvancedPolicy } from './advanced-policy.ts';
import { advancedPolicyBody, advancedPolicyDetails, advancedPolicySummary } from './advanced-policy-body.ts';
import {
  type AdvancedPolicyFields,
  deleteAdvancedPolicy,
  insertAdvancedPolicy,
  isAdvancedPolicyInUse,
  listAdvancedPolicies,
  markAdvancedDeployed,
  updateAdvancedPolicy,
} from './advanced-policy-store.ts';

const PATH = '/throttling/policies/advanced';

/** Policies of APIs and resources, with groups of conditions: list, create, get, change and delete (wire.md 5.4). */
export const advancedPolicyRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: POLICY_SCOPES.view,
    handle: async (call) => {
      const policies = await listAdvancedPolicies(context.apim);
      const list = policies.map((policy) => advancedPolicySummary(formOf(call), policy));
      return json(200, { count: list.length, list });
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: POLICY_SCOPES.manage,
    handle: async (call) => {
      const policy = await create(context, call);
      return json(201, advancedPolicyDetails(formOf(call), policy), { Location: locationOf(context, call, policy.id) });
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:policyId`,
    scopes: POLICY_SCOPES.view,
    handle: async (call) => {
      const policy = required(await listAdvancedPolicies(context.apim), call);
      return json(200, advancedPolicyDetails(formOf(call), policy));
    },
  },
  {
    method: 'PUT',
    path: `${PATH}/:policyId`,
    scopes: POLICY_SCOPES.manage,
    handle: async (call) => json(200, advancedPolicyDetails(formOf(call), await change(context, call))),
  },
  {
    method: 'DELETE',
    path: `${PATH}/:policyId`,
    scopes: POLICY_SCOPES.manage,
    handle: async (call) => {
      const policy = required(await listAdvancedPolicies(context.apim), call);
      checkDeletable(policy.name, await isAdvancedPolicyInUse(context.apim, policy.name));
      await deleteAdvancedPolicy(context.apim, policy.id);
      await tell(context, 'deleted', policy, policy);
      await context.plans.undeploy(plansOfAdvancedPolicy(policy).map(({ name }) => name));
      return { status: 200 };
    },
  },
];

const create = async (context: AdminContext, call: Call): Promise<AdvancedPolicy> => {
  const { name, fields } = await asked(call);
  const { policy, plans } = await storing(context, async (statements) => {
    if ((await listAdvancedPolicies(statements, true)).some((each) => each.name === name)) {
      throw new RestError('alreadyExists', `Advanced Policy with name ${name} already exists`);
    }
    const stored = await insertAdvancedPolicy(statements, { id: randomUUID(), name }, fields);
    return { policy: stored, plans: plansOfAdvancedPolicy(stored) };
  });
  await tell(context, 'created', policy);
  return deployed(context, policy, plans);
};

/** A policy keeps its name, whatever the body says: its plans and its users know it by that. */
const change = async (context: AdminContext, call: Call): Promise<AdvancedPolicy> => {
  const { fields } = await asked(call);
  const { before, policy, plans } = await storing(context, async (statements) => {
    const old = required(await listAdvancedPolicies(statements, true), call);
    const stored = await updateAdvancedPolicy(statements, old, fields);
    return { before: old, policy: stored, plans: plansOfAdvancedPolicy(stored) };
  });
  await tell(context, 'updated', policy, before);
  const current = await deployed(context, policy, plans);
  const names = plans.map(({ name }) => name);
  const gone = plansOfAdvancedPolicy(before).filter(({ name }) => !names.includes(name));
  if (gone.length > 0) await context.plans.undeploy(gone.map(({ name }) => name));
  return current;
};

/** Conditions that cannot be written as a plan of the simulator leave nothing behind in the tables. */
const storing = async <T>({ apim }: AdminContext, work: (statements: Statements) => Promise<T>): Promise<T> => {
  try {
    return await retryWhenBeaten(() => apim.transaction(work));
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause;
    throw new RestError('notSimulated', `The simulator has no execution plan for this policy: ${cause.message}`);
  }
};

/** Brings the plans to the Traffic Manager; where that fails the policy stays, and says so (wire.md 5.13). */
const deployed = async (
  { apim, plans: deployer }: AdminContext,
  policy: AdvancedPolicy,
  plans: readonly NamedPlan[],
): Promise<AdvancedPolicy> => {
  if (!(await deployer.deploy(plans))) return policy;
  await markAdvancedDeployed(apim, policy.id);
  return { ...policy, isDeployed: true };
};

const asked = async (call: Call): Promise<{ readonly name: string; readonly fields: AdvancedPolicyFields }> => {
  const body = await jsonBody(call, advancedPolicyBody(formOf(call)));
  const groups = (body.conditionalGroups ?? []).map(({ description, conditions, limit }) => ({
    description: description ?? '',
    conditions,
    quota: limit,
  }));
  const fields = {
    displayName: body.displayName ?? body.policyName,
    description: body.description ?? '',
    defaultQuota: body.defaultLimit,
    groups,
  };
  return { name: body.policyName, fields };
};

const required = (policies: readonly AdvancedPolicy[], { params }: Call): AdvancedPolicy => {
  const policy = policies.find(({ id }) => id === params.policyId);
  if (policy) return policy;
  throw new RestError('notFound', `Requested Policy with Id '${params.policyId}' not found`);
};

/** @param before the policy whose groups are gone now */
const tell = (
  { events }: AdminContext,
  what: Change,
  { rowId, name, defaultQuota }: AdvancedPolicy,
  before?: AdvancedPolicy,
): Promise<void> =>
  events.policyChanged.fire({
    change: what,
    level: 'api',
    rowId,
    name,
    quotaType: defaultQuota.type,
    ...(before && { deletedConditionGroups: before.groups.map(({ id }) => id) }),
  });
