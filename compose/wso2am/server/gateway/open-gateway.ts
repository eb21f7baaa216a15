import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { TopicListener } from '../broker/client/listen-to-topic.ts';
import type { CarbonContext } from '../carbon/context.ts';
import type { KeyStores } from '../carbon/key-stores.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import type { Endpoint } from '../carbon/web.ts';
import { gatewayCaches } from '../mediation/caches/gateway-caches.ts';
import { gatewayAuthentication } from '../mediation/gateway-authentication.ts';
import { mediator } from '../mediation/mediator.ts';
import { gatewayAdminServices } from '../synapse/gateway-admin-services.ts';
import { openArtifacts } from '../synapse/open-artifacts.ts';
import { createAccessCounters } from '../throttling/gateway/access-counters.ts';
import { createBlockingConditions } from '../throttling/gateway/blocking-conditions.ts';
import type { ThrottlingHolders } from '../throttling/gateway/check-throttling.ts';
import { createDecisions } from '../throttling/gateway/decisions.ts';
import { createKeyTemplates } from '../throttling/gateway/key-templates.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import { openWebSockets, type WebSockets } from '../websocket/open-websockets.ts';
import { throttleFrames } from '../websocket/throttle-frames.ts';
import { authenticationService } from './authentication-service.ts';
import { type BootLoads, startBootLoads } from './boot-loads/start-boot-loads.ts';
import { heedTokenAnswer } from './heed-token-answer.ts';
import { listenToTrafficManagers } from './listen-to-traffic-managers.ts';
import { openSubscriptionData } from './open-subscription-data.ts';
import { openSynchronizer } from './open-synchronizer.ts';
import { gatewayRest } from './rest/gateway-rest.ts';
import { createRevokedJwts } from './revoked-jwts.ts';
import { throttleCalls } from './throttle-calls.ts';
import { upstreamAgent } from './upstream-agent.ts';

/** The gateway of a node: published APIs, their calls, and what Traffic Managers tell of them. */
export type Gateway = {
  /** Answers calls of published APIs, and the fault for all others. */
  readonly calls: RequestListener;
  readonly services: readonly SoapService[];
  /** The REST API of 3.2.0. */
  readonly endpoints: readonly Endpoint[];
  /** Servers for WebSocket APIs. */
  readonly servers: WebSockets['servers'];
  /** Reads the headers of an answer of the token API. */
  readonly onTokenAnswer: (headers: IncomingHttpHeaders) => void;
  /**
   * Begins to listen to the Traffic Managers, and to load what they told before, once the node's own ports are open: without an
   * address it asks itself.
   */
  subscribe(): void;
  /** @param limit milliseconds that connections of WebSocket APIs get to end */
  close(limit: number): Promise<void>;
};

/** Loads the APIs of the shared directory and gets ready for calls (wire.md 3, 6). */
export const openGateway = async (
  context: CarbonContext,
  keyStores: KeyStores,
  publisher: EventPublisher,
): Promise<Gateway> => {
  const { configuration } = context;
  const opened = await openArtifacts(context);
  const agent = upstreamAgent(keyStores.trusted);
  const subscriptions = openSubscriptionData(context, agent);
  const synchronization = openSynchronizer(context, opened.artifacts, agent);
  const synchronizer = synchronization?.synchronizer;
  const caches = gatewayCaches(configuration, () => performance.now());
  const revokedJwts = createRevokedJwts();
  const holders: ThrottlingHolders = {
    decisions: createDecisions(),
    blockingConditions: createBlockingConditions(),
    keyTemplates: createKeyTemplates(),
    spikeArrest: createAccessCounters(),
    hardLimits: createAccessCounters(),
  };
  const isRevoked = (signature: string): boolean => revokedJwts.has(signature);
  const parts = { artifacts: opened.artifacts, caches, agent, subscriptionData: subscriptions?.data, isRevoked };
  const webSockets = openWebSockets(
    {
      artifacts: opened.artifacts,
      authentication: gatewayAuthentication(context, { ...parts, clock: Date.now }),
      throttle: throttleFrames(context, holders.decisions, publisher),
      agent,
      withheld: new Set(configuration.flag('apim.oauth_config.enable_outbound_auth_header') ? [] : ['authorization']),
      log: context.log('org.wso2.carbon.apimgt.gateway.handlers.WebsocketInboundHandler'),
    },
    keyStores,
  );
  let listeners: readonly TopicListener[] = [];
  let loads: BootLoads | undefined;
  let closed = false;
  const listen = (): readonly TopicListener[] =>
    configuration.flag('apim.throttling.enable_decision_connection')
      ? listenToTrafficManagers(context, {
          holders,
          caches,
          revokedJwts,
          subscriptionData: subscriptions?.data,
          synchronizer,
          trusted: keyStores.trusted,
        })
      : [];
  // The product loads its APIs first and misses what is told before it listens.
  const loadArtifacts = async (): Promise<void> => {
    const listens = await Promise.all(listeners.map(({ tried }) => tried));
    if (!closed) await synchronizer?.load();
    if (listens.every(Boolean)) return;
    await Promise.all(listeners.map(({ listening }) => listening));
    if (!closed) await synchronizer?.load();
  };
  return {
    calls: mediator(context, { ...parts, throttle: throttleCalls(context, holders, publisher) }),
    servers: webSockets.servers,
    services: [
      ...gatewayAdminServices(context, opened.artifacts),
      // Later versions are told by the topic `cacheInvalidation` (wire.md 4.2).
      ...(context.version === '3.0.0' ? [authenticationService(caches)] : []),
    ],
    endpoints: subscriptions
      ? gatewayRest(context, { artifacts: opened.artifacts, data: subscriptions.data, synchronizer })
      : [],
    onTokenAnswer: (headers) => heedTokenAnswer(caches, headers),
    subscribe: () => {
      void subscriptions?.data.load();
      loads = startBootLoads(context, { holders, revokedJwts }, { agent });
      listeners = listen();
      if (synchronizer) void loadArtifacts();
    },
    close: async (limit) => {
      closed = true;
      loads?.stop();
      synchronization?.close();
      opened.close();
      subscriptions?.close();
      await Promise.all([webSockets.close(limit), ...listeners.map((listener) => listener.stop())]);
    },
  };
};
