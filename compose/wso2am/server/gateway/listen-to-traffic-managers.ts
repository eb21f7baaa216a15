import * as z from 'zod/mini';
import type { MapMessage } from '../../../../lab/product/map-message/map-message.ts';
import { topicsOf } from '../../../../lab/product/topics.ts';
import { listenToTopic, type TopicListener } from '../broker/client/listen-to-topic.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { decisionConnectionUrl, hubConnectionUrl } from '../config/decision-endpoints.ts';
import type { GatewayCaches } from '../mediation/caches/gateway-caches.ts';
import { revokeCachedApiKey, revokeCachedToken } from '../mediation/caches/invalidate.ts';
import { applyDeployment } from '../runtime-artifacts/apply-deployment.ts';
import type { GatewaySynchronizer } from '../runtime-artifacts/synchronize-gateway.ts';
import { applyKeyManagerEvent } from '../subscription-data/apply-key-manager-event.ts';
import { applyNotification } from '../subscription-data/apply-notification.ts';
import type { SubscriptionData } from '../subscription-data/subscription-data.ts';
import { applyThrottleData } from '../throttling/gateway/apply-throttle-data.ts';
import type { ThrottlingHolders } from '../throttling/gateway/check-throttling.ts';
import { applyCacheInvalidation } from './apply-cache-invalidation.ts';
import { type RevokedJwts, signatureOf } from './revoked-jwts.ts';

/** What messages of the Traffic Managers change in a gateway. */
export type Listening = {
  readonly holders: ThrottlingHolders;
  readonly caches: GatewayCaches;
  readonly revokedJwts: RevokedJwts;
  /** Of 3.2.0 only, whose Traffic Managers tell of what changes in it. */
  readonly subscriptionData: SubscriptionData | undefined;
  /** Of 3.2.0 where it fetches its APIs from the event hub. */
  readonly synchronizer: GatewaySynchronizer | undefined;
  /** PEM; whom to trust over TLS. */
  readonly trusted: readonly string[];
};

const CLASS = 'org.wso2.carbon.apimgt.jms.listener.utils.JMSListener';

/** Types matter: the product casts `expiryTime` to a long and fails over anything else (wire.md 4.3). */
const revocationSchema = z.object({ revokedToken: z.string(), expiryTime: z.bigint() });

/** Subscribes to what the Traffic Managers tell every gateway: decisions, conditions, revocations (wire.md 5.7). */
export const listenToTrafficManagers = (context: CarbonContext, listening: Listening): readonly TopicListener[] => {
  const { configuration, properties, log } = context;
  const hub = hubConnectionUrl(configuration, properties);
  const on = (topic: string, take: (message: MapMessage) => void, url = hub): TopicListener =>
    listenToTopic({ url, topic, onMessage: take, trusted: listening.trusted, log: log(CLASS) });
  const { subscriptionData: data, synchronizer } = listening;
  const topics = [
    on(
      'throttleData',
      (message) => void applyThrottleData(message, listening.holders),
      decisionConnectionUrl(configuration, properties),
    ),
    on('tokenRevocation', (message) => revoke(message, listening)),
  ];
  // The gateways of 3.0.0 are called one by one instead (wire.md 4.2).
  if (topicsOf(context.version).includes('cacheInvalidation'))
    topics.push(on('cacheInvalidation', (message) => applyCacheInvalidation(message, listening.caches)));
  if (data) {
    const notifications = log('org.wso2.carbon.apimgt.gateway.listeners.GatewayJMSMessageListener');
    const onFailure = (cause: unknown): void => notifications.error('Error while processing a notification', cause);
    topics.push(
      on('notification', (message) => {
        void applyNotification(data, message).catch(onFailure);
        if (synchronizer) void applyDeployment(synchronizer, message).catch(onFailure);
      }),
      on('keyManager', (message) => applyKeyManagerEvent(data.store, message)),
    );
  }
  return topics;
};

/** A JWT, API keys included, is kept by its signature until it expires; whatever it is leaves the caches, if it is in them. */
const revoke = (message: MapMessage, { caches, revokedJwts }: Listening): void => {
  const values = Object.fromEntries([...message].map(([key, { value }]) => [key, value]));
  const { revokedToken, expiryTime } = z.parse(revocationSchema, values);
  const signature = signatureOf(revokedToken);
  if (signature !== undefined) revokedJwts.add(signature, Number(expiryTime));
  revokeCachedToken(caches, signature ?? revokedToken);
  if (signature !== undefined) revokeCachedApiKey(caches, signature);
};
