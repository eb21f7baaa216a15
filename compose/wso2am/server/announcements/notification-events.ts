import type {
  ApiChange,
  ApplicationChange,
  Change,
  GeneratedKeys,
  KeyManagerChange,
  PolicyChange,
  SavedApi,
  SubscriptionChange,
} from '../carbon/events.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';

/** An event of 3.2.0 without its envelope: its type, and the fields of that type (wire.md 5.9). */
export type NotificationEvent = { readonly type: string; readonly fields: Readonly<Record<string, unknown>> };

const ACTIONS: Readonly<Record<Change, string>> = { created: 'CREATE', updated: 'UPDATE', deleted: 'DELETE' };

const API_ACTIONS: Readonly<Record<ApiChange['change'], string>> = {
  ...ACTIONS,
  'lifecycle-changed': 'LIFECYCLE_CHANGE',
};

/** What gateways hear of an API. GraphQL, SOAP and WebSocket APIs are not simulated: all are of type HTTP. */
export const apiEvent = (api: ApiChange): NotificationEvent => ({
  type: `API_${API_ACTIONS[api.change]}`,
  fields: {
    apiName: api.name,
    apiId: api.rowId,
    apiVersion: api.version,
    apiContext: api.context,
    apiProvider: api.provider,
    apiType: 'HTTP',
    apiStatus: api.status,
  },
});

/** What makes gateways fetch an API, or forget it (wire.md 5.9). */
export const savedApiEvent = ({ instruction, id, gatewayLabels }: SavedApi): NotificationEvent => ({
  type: instruction === 'Publish' ? 'DEPLOY_API_IN_GATEWAY' : 'REMOVE_API_FROM_GATEWAY',
  fields: { apiId: id, gatewayLabels },
});

export const applicationEvent = (application: ApplicationChange): NotificationEvent => ({
  type: `APPLICATION_${ACTIONS[application.change]}`,
  fields: {
    uuid: application.id,
    applicationId: application.rowId,
    applicationName: application.name,
    tokenType: application.tokenType,
    applicationPolicy: application.policy,
    // Groups and attributes of applications are not simulated.
    groupId: '',
    attributes: {},
    subscriber: application.subscriber,
  },
});

export const registrationEvent = (keys: GeneratedKeys): NotificationEvent => ({
  type: 'APPLICATION_REGISTRATION_CREATE',
  fields: {
    applicationId: keys.applicationRowId,
    consumerKey: keys.consumerKey,
    keyType: keys.keyType,
    keyManager: keys.keyManager,
  },
});

export const subscriptionEvent = (subscription: SubscriptionChange): NotificationEvent => ({
  type: `SUBSCRIPTIONS_${ACTIONS[subscription.change]}`,
  fields: {
    subscriptionId: subscription.rowId,
    apiId: subscription.apiRowId,
    applicationId: subscription.applicationRowId,
    policyId: subscription.policy,
    subscriptionState: subscription.state,
  },
});

/** Undefined for custom policies: gateways hear of these as key templates (wire.md 5.10). */
export const policyEvent = (policy: PolicyChange): NotificationEvent | undefined => {
  const { level, subscription } = policy;
  if (level === 'global') return undefined;
  return {
    type: `POLICY_${ACTIONS[policy.change]}`,
    fields: {
      policyId: policy.rowId,
      policyName: policy.name,
      ...(policy.quotaType === undefined ? {} : { quotaType: policy.quotaType }),
      policyType: level.toUpperCase(),
      ...(level === 'subscription' && subscription ? { ...subscription, ...NO_GRAPHQL_LIMITS } : {}),
      ...(level === 'api' ? { deletedConditionGroupIds: policy.deletedConditionGroups ?? [] } : {}),
    },
  };
};

/** GraphQL is not simulated; 0 is no limit. */
const NO_GRAPHQL_LIMITS = { graphQLMaxDepth: 0, graphQLMaxComplexity: 0 };

const KEY_MANAGER_ACTIONS: Readonly<Record<Change, string>> = { created: 'add', updated: 'update', deleted: 'delete' };

/** What topic `keyManager` carries: not JSON, but attributes of its own (wire.md 5.9). */
export const keyManagerEvent = ({ change, name, type, enabled, configuration }: KeyManagerChange) => ({
  event_type: 'key_manager_configuration',
  action: KEY_MANAGER_ACTIONS[change],
  name,
  type,
  enabled,
  value: Buffer.from(JSON.stringify(configuration), 'utf8').toString('base64'),
  tenantDomain: SUPER_TENANT_DOMAIN,
});
