import { randomUUID } from 'node:crypto';
import { type Call, json } from '../../../carbon/web.ts';
import type { Statements } from '../../../database/database.ts';
import { retryWhenBeaten } from '../../../keymanager/stores/retry.ts';
import { jsonBody } from '../../../rest-api/json-body.ts';
import type { RestRoute } from '../../../rest-api/rest-endpoints.ts';
import { INTERNAL, RestError } from '../../../rest-api/rest-error.ts';
import type { AdminContext } from '../../context.ts';
import { locationOf } from '../../location.ts';
import { POLICY_SCOPES } from '../policy-access.ts';
import { type CustomPolicy, customPolicyBody, customPolicyOut, plansOfCustomPolicy } from './custom-policy.ts';
import {
  deleteCustomPolicy,
  insertCustomPolicy,
  listCustomPolicies,
  markCustomDeployed,
  updateCustomPolicy,
} from './custom-policy-store.ts';
import { keyTemplateEvents } from './key-template-event.ts';

const PATH = '/throttling/policies/custom';

/** Policies written in SiddhiQL: list, create, get, change and delete (wire.md 5.10). */
export const customPolicyRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: POLICY_SCOPES.view,
    handle: async () => {
      const list = (await listCustomPolicies(context.apim)).map(customPolicyOut);
      return json(200, { count: list.length, list });
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: POLICY_SCOPES.manage,
    handle: async (call) => {
      const policy = await create(context, call);
      return json(201, customPolicyOut(policy), { Location: locationOf(context, call, policy.id) });
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:ruleId`,
    scopes: POLICY_SCOPES.view,
    handle: async (call) => json(200, customPolicyOut(required(await listCustomPolicies(context.apim), call))),
  },
  {
    method: 'PUT',
    path: `${PATH}/:ruleId`,
    scopes: POLICY_SCOPES.manage,
    handle: async (call) => json(200, customPolicyOut(await change(context, call))),
  },
  {
    method: 'DELETE',
    path: `${PATH}/:ruleId`,
    scopes: POLICY_SCOPES.manage,
    handle: async (call) => {
      const policy = await storing(context, async (statements, policies) => {
        const found = required(policies, call);
        await deleteCustomPolicy(statements, found.id);
        return found;
      });
      await context.events.policyChanged.fire({ change: 'deleted', level: 'global', ...identityOf(policy) });
      await context.plans.undeploy(plansOfCustomPolicy(policy).map(({ name }) => name));
      return { status: 200 };
    },
  },
];

const create = async (context: AdminContext, call: Call): Promise<CustomPolicy> => {
  const asked = await askedPolicy(context, call);
  const policy = await storing(context, async (statements, policies) => {
    if (policies.some(({ name }) => name === asked.name)) {
      throw new RestError('alreadyExists', `Custom rule with name ${asked.name} already exists`);
    }
    const fields = { ...asked, id: randomUUID(), isDeployed: false };
    return { ...fields, rowId: await insertCustomPolicy(statements, fields) };
  });
  await context.events.policyChanged.fire({ change: 'created', level: 'global', ...identityOf(policy) });
  return deployed(context, policy);
};

/** A policy keeps its name, whatever the body says: its plan is called by it. */
const change = async (context: AdminContext, call: Call): Promise<CustomPolicy> => {
  const before = required(await listCustomPolicies(context.apim), call);
  const asked = await askedPolicy(context, call, before.name);
  const policy = await storing(context, async (statements, policies) => {
    const { id, rowId } = required(policies, call);
    const fields = { ...asked, id, rowId, isDeployed: false };
    await updateCustomPolicy(statements, fields);
    return fields;
  });
  await context.events.policyChanged.fire({ change: 'updated', level: 'global', ...identityOf(policy) });
  return deployed(context, policy);
};

/** The policy of the body, which the Traffic Manager must understand before anything is stored. */
const askedPolicy = async ({ plans }: AdminContext, call: Call, knownAs?: string) => {
  const { policyName, description, keyTemplate, siddhiQuery } = await jsonBody(call, customPolicyBody);
  const policy = { name: knownAs ?? policyName, description: description ?? '', keyTemplate, siddhiQuery };
  // The product fails with "Invalid Execution Plan", and says no more than this.
  if (!(await plans.understands(plansOfCustomPolicy(policy)))) throw new RestError('internal', INTERNAL);
  return policy;
};

/** Changes the policies in a transaction, and then tells gateways which templates came and went by it. */
const storing = async <T>(
  { apim, publishKeyTemplate }: AdminContext,
  work: (statements: Statements, policies: readonly CustomPolicy[]) => Promise<T>,
): Promise<T> => {
  const { result, events } = await retryWhenBeaten(() =>
    apim.transaction(async (statements) => {
      const before = await listCustomPolicies(statements, true);
      const outcome = await work(statements, before);
      const after = await listCustomPolicies(statements);
      return { result: outcome, events: keyTemplateEvents(templatesOf(before), templatesOf(after)) };
    }),
  );
  for (const event of events) await publishKeyTemplate(event);
  return result;
};

const templatesOf = (policies: readonly CustomPolicy[]): readonly string[] =>
  policies.map(({ keyTemplate }) => keyTemplate);

const deployed = async ({ apim, plans }: AdminContext, policy: CustomPolicy): Promise<CustomPolicy> => {
  if (!(await plans.deploy(plansOfCustomPolicy(policy)))) return policy;
  await markCustomDeployed(apim, policy.id);
  return { ...policy, isDeployed: true };
};

const required = (policies: readonly CustomPolicy[], { params }: Call): CustomPolicy => {
  const policy = policies.find(({ id }) => id === params.ruleId);
  if (policy) return policy;
  throw new RestError('notFound', `Requested Policy with Id '${params.ruleId}' not found`);
};

const identityOf = ({ rowId, name }: CustomPolicy) => ({ rowId, name });
