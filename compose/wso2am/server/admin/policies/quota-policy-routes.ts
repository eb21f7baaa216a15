import { randomUUID } from 'node:crypto';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { type Call, json } from '../../carbon/web.ts';
import { isDuplicate } from '../../database/database-error.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { type NamedPlan, plansOfPolicy } from '../../throttling/plans/plans-of-policy.ts';
import type { AdminContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { formOf, type LimitForm, limitBody } from './limit.ts';
import { checkDeletable, POLICY_SCOPES } from './policy-access.ts';
import { policyChange } from './policy-change.ts';
import { type QuotaPolicy, quotaPolicyBody } from './quota-policy.ts';
import {
  deleteQuotaPolicy,
  insertQuotaPolicy,
  isInUse,
  listQuotaPolicies,
  markDeployed,
  type QuotaLevel,
  updateQuotaPolicy,
} from './quota-policy-store.ts';

/** Application or subscription policies: list, create, get, change and delete. */
export const quotaPolicyRoutes = (context: AdminContext, level: QuotaLevel): readonly RestRoute[] => {
  const path = `/throttling/policies/${level}`;
  return [
    {
      method: 'GET',
      path,
      scopes: POLICY_SCOPES.view,
      handle: async (call) => {
        const list = (await listQuotaPolicies(context.apim, level)).map((policy) => body(level, formOf(call), policy));
        return json(200, { count: list.length, list });
      },
    },
    {
      method: 'POST',
      path,
      scopes: POLICY_SCOPES.manage,
      handle: async (call) => {
        const policy = await create(context, level, call);
        return json(201, body(level, formOf(call), policy), { Location: locationOf(context, call, policy.id) });
      },
    },
    {
      method: 'GET',
      path: `${path}/:policyId`,
      scopes: POLICY_SCOPES.view,
      handle: async (call) => json(200, body(level, formOf(call), await requirePolicy(context, level, call))),
    },
    {
      method: 'PUT',
      path: `${path}/:policyId`,
      scopes: POLICY_SCOPES.manage,
      handle: async (call) => json(200, body(level, formOf(call), await change(context, level, call))),
    },
    {
      method: 'DELETE',
      path: `${path}/:policyId`,
      scopes: POLICY_SCOPES.manage,
      handle: async (call) => {
        const policy = await requirePolicy(context, level, call);
        checkDeletable(policy.name, await isInUse(context.apim, level, policy.name));
        await deleteQuotaPolicy(context.apim, level, policy.id);
        await context.events.policyChanged.fire(policyChange('deleted', level, policy));
        await context.plans.undeploy(plansOf(level, policy).map(({ name }) => name));
        return { status: 200 };
      },
    },
  ];
};

const create = async (context: AdminContext, level: QuotaLevel, call: Call): Promise<QuotaPolicy> => {
  const fields = { ...(await asked(call)), id: randomUUID(), isDeployed: false };
  const rowId = await insertQuotaPolicy(context.apim, level, fields).catch((cause: unknown) => {
    if (!isDuplicate(cause)) throw cause;
    throw new RestError('alreadyExists', `Throttle policy ${fields.name} already exists`);
  });
  const policy: QuotaPolicy = { ...fields, rowId };
  await context.events.policyChanged.fire(policyChange('created', level, policy));
  if (!(await context.plans.deploy(plansOf(level, policy)))) return policy;
  await markDeployed(context.apim, level, policy.id);
  return { ...policy, isDeployed: true };
};

/** A policy keeps its name, whatever the body says: its plan and its users know it by that. */
const change = async (context: AdminContext, level: QuotaLevel, call: Call): Promise<QuotaPolicy> => {
  const { id, rowId, name } = await requirePolicy(context, level, call);
  const policy: QuotaPolicy = { ...(await asked(call)), id, rowId, name, isDeployed: false };
  await updateQuotaPolicy(context.apim, level, policy);
  await context.events.policyChanged.fire(policyChange('updated', level, policy));
  if (!(await context.plans.deploy(plansOf(level, policy)))) return policy;
  await markDeployed(context.apim, level, id);
  return { ...policy, isDeployed: true };
};

const asked = async (call: Call): Promise<Omit<QuotaPolicy, 'id' | 'rowId' | 'isDeployed'>> => {
  const fields = await jsonBody(call, quotaPolicyBody(formOf(call)));
  return {
    name: fields.policyName,
    displayName: fields.displayName ?? fields.policyName,
    description: fields.description ?? '',
    quota: fields.defaultLimit,
    subscription: {
      rateLimitCount: fields.rateLimitCount ?? 0,
      rateLimitTimeUnit: fields.rateLimitTimeUnit ?? undefined,
      stopOnQuotaReach: fields.stopOnQuotaReach ?? true,
      billingPlan: fields.billingPlan ?? 'FREE',
    },
  };
};

const requirePolicy = async ({ apim }: AdminContext, level: QuotaLevel, { params }: Call): Promise<QuotaPolicy> => {
  const policy = (await listQuotaPolicies(apim, level)).find(({ id }) => id === params.policyId);
  if (policy) return policy;
  throw new RestError('notFound', `Requested Policy with Id '${params.policyId}' not found`);
};

const plansOf = (level: QuotaLevel, { name, quota }: QuotaPolicy): readonly NamedPlan[] =>
  plansOfPolicy({ level: level === 'application' ? 'app' : 'sub', tenant: SUPER_TENANT_DOMAIN, name, quota });

const body = (level: QuotaLevel, form: LimitForm, policy: QuotaPolicy): object => ({
  policyId: policy.id,
  policyName: policy.name,
  displayName: policy.displayName,
  description: policy.description,
  isDeployed: policy.isDeployed,
  defaultLimit: limitBody(form, policy.quota),
  ...(level === 'subscription'
    ? { ...policy.subscription, rateLimitTimeUnit: policy.subscription.rateLimitTimeUnit ?? null, customAttributes: [] }
    : {}),
});
