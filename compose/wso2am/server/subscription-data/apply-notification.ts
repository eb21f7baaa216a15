import * as z from 'zod/mini';
import { type MapMessage, plainValues } from '../../../../lab/product/map-message/map-message.ts';
import { readEncodedJson } from './encoded-json.ts';
import {
  applicationPolicySchema,
  applicationSchema,
  keyMappingSchema,
  subscriptionPolicySchema,
  subscriptionSchema,
} from './entities.ts';
import type { SubscriptionData } from './subscription-data.ts';
import { apiKeyOf, subscriptionKeyOf } from './subscription-store.ts';

const messageSchema = z.object({ eventType: z.string(), event: z.string() });

const apiEvent = z.object({ apiContext: z.string(), apiVersion: z.string() });
const policyEvent = z.object({ policyName: z.string(), policyType: z.string() });

type Event = Readonly<Record<string, unknown>>;
type Apply = (data: SubscriptionData, event: Event) => Promise<void> | void;

/** An API's event does not tell its resources: the API is fetched anew, in whatever state of its life it is. */
const refreshApi: Apply = (data, event) => {
  const { apiContext, apiVersion } = z.parse(apiEvent, event);
  return data.refreshApi(apiContext, apiVersion);
};

const removeApi: Apply = ({ store }, event) => {
  const { apiContext: context, apiVersion: version } = z.parse(apiEvent, event);
  store.apis.remove(apiKeyOf({ context, version }));
};

/** An entity under the names that lists have for what its event names otherwise (wire.md 2.3, 5.9). */
const applicationIn = (event: Event) =>
  z.parse(applicationSchema, {
    ...event,
    id: event.applicationId,
    name: event.applicationName,
    subName: event.subscriber,
    policy: event.applicationPolicy,
  });

const subscriptionIn = (event: Event) => z.parse(subscriptionSchema, { ...event, appId: event.applicationId });

const putApplication: Apply = ({ store }, event) => store.applications.put(applicationIn(event));
const putSubscription: Apply = ({ store }, event) => store.subscriptions.put(subscriptionIn(event));

const putPolicy: Apply = async (data, event) => {
  const { policyName: name, policyType } = z.parse(policyEvent, event);
  switch (policyType) {
    case 'SUBSCRIPTION':
      data.store.subscriptionPolicies.put(z.parse(subscriptionPolicySchema, { ...event, name }));
      break;
    case 'APPLICATION':
      data.store.applicationPolicies.put(z.parse(applicationPolicySchema, { ...event, name }));
      break;
    case 'API':
      await data.refreshApiPolicy(name);
  }
};

const removePolicy: Apply = ({ store }, event) => {
  const { policyName, policyType } = z.parse(policyEvent, event);
  if (policyType === 'SUBSCRIPTION') store.subscriptionPolicies.remove(policyName);
  if (policyType === 'APPLICATION') store.applicationPolicies.remove(policyName);
  if (policyType === 'API') store.apiPolicies.remove(policyName);
};

/** What each event of topic `notification` changes in memory (wire.md 5.9). Others are for what is not simulated. */
const APPLY: Readonly<Record<string, Apply>> = {
  API_CREATE: refreshApi,
  API_UPDATE: refreshApi,
  API_LIFECYCLE_CHANGE: refreshApi,
  API_DELETE: removeApi,
  APPLICATION_CREATE: putApplication,
  APPLICATION_UPDATE: putApplication,
  APPLICATION_DELETE: ({ store }, event) => store.applications.remove(String(applicationIn(event).id)),
  APPLICATION_REGISTRATION_CREATE: ({ store }, event) => store.keyMappings.put(z.parse(keyMappingSchema, event)),
  SUBSCRIPTIONS_CREATE: putSubscription,
  SUBSCRIPTIONS_UPDATE: putSubscription,
  SUBSCRIPTIONS_DELETE: ({ store }, event) => store.subscriptions.remove(subscriptionKeyOf(subscriptionIn(event))),
  POLICY_CREATE: putPolicy,
  POLICY_UPDATE: putPolicy,
  POLICY_DELETE: removePolicy,
};

/**
 * Takes a message of topic `notification` to heart.
 * @throws for a message that is not as wire.md 5.9 has it
 */
export const applyNotification = async (data: SubscriptionData, message: MapMessage): Promise<void> => {
  const { eventType, event } = z.parse(messageSchema, plainValues(message));
  await APPLY[eventType]?.(data, readEncodedJson(event));
};
