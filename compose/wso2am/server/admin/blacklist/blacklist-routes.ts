import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { type Call, json } from '../../carbon/web.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { type BlockingCondition, blockingConditionBody, shownValue } from './blocking-condition.ts';
import {
  deleteBlockingCondition,
  insertBlockingCondition,
  listBlockingConditions,
  writeStatus,
} from './blocking-conditions-store.ts';
import type { BlockingEvent } from './blocking-event.ts';

const PATH = '/throttling/blacklist';
const SCOPES = { view: ['apim:bl_view', 'apim:admin'], manage: ['apim:bl_manage', 'apim:admin'] } as const;

/** Blocking conditions: list, create, get, switch on and off, delete (wire.md 5.10). */
export const blacklistRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: SCOPES.view,
    handle: async () => {
      const list = (await listBlockingConditions(context.apim)).map(body);
      return json(200, { count: list.length, list });
    },
  },
  {
    method: 'POST',
    path: PATH,
    scopes: SCOPES.manage,
    handle: async (call) => {
      const condition = await create(context, call);
      await tell(context, condition, stateOf(condition.enabled));
      return json(201, body(condition), { Location: locationOf(context, call, condition.id) });
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:conditionId`,
    scopes: SCOPES.view,
    handle: async (call) => json(200, body(await requireCondition(context, call))),
  },
  {
    method: 'PATCH',
    path: `${PATH}/:conditionId`,
    scopes: SCOPES.manage,
    handle: async (call) => {
      const { conditionStatus: enabled } = await jsonBody(call, statusBody);
      const condition = { ...(await requireCondition(context, call)), enabled };
      await writeStatus(context.apim, condition);
      await tell(context, condition, stateOf(enabled));
      return json(200, body(condition));
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:conditionId`,
    scopes: SCOPES.manage,
    handle: async (call) => {
      const condition = await requireCondition(context, call);
      await deleteBlockingCondition(context.apim, condition.rowId);
      await tell(context, condition, context.version === '3.0.0' ? 'false' : 'delete');
      return { status: 200 };
    },
  },
];

const statusBody = z.object({ conditionStatus: z.boolean() });

const create = async ({ apim, version }: AdminContext, call: Call): Promise<BlockingCondition> => {
  const asked = await jsonBody(call, blockingConditionBody(version));
  const condition = {
    id: randomUUID(),
    type: asked.conditionType,
    value: asked.conditionValue,
    enabled: asked.conditionStatus,
  };
  return retryWhenBeaten(() =>
    apim.transaction(async (statements) => {
      const present = await listBlockingConditions(statements, true);
      if (present.some(({ type, value }) => type === condition.type && value === condition.value)) {
        throw new RestError(
          'alreadyExists',
          `A black list item with type: ${condition.type}, value: ${asked.conditionValue} already exists`,
        );
      }
      return { ...condition, rowId: await insertBlockingCondition(statements, condition) };
    }),
  );
};

const requireCondition = async ({ apim }: AdminContext, { params }: Call): Promise<BlockingCondition> => {
  const condition = (await listBlockingConditions(apim)).find(({ id }) => id === params.conditionId);
  if (condition) return condition;
  throw new RestError('notFound', `Requested Black List Condition with Id '${params.conditionId}' not found`);
};

const stateOf = (enabled: boolean): BlockingEvent['state'] => (enabled ? 'true' : 'false');

const tell = (
  { publishBlocking }: AdminContext,
  { rowId, type, value }: BlockingCondition,
  state: BlockingEvent['state'],
) =>
  publishBlocking({
    id: rowId,
    blockingCondition: type,
    conditionValue: value,
    state,
    tenantDomain: SUPER_TENANT_DOMAIN,
  });

const body = ({ id, type, value, enabled }: BlockingCondition): object => ({
  conditionId: id,
  conditionType: type,
  conditionValue: shownValue({ type, value }),
  conditionStatus: enabled,
});
