import type { Server } from 'node:net';
import type { Listener } from '../../../../lab/product/ports.ts';
import type { Role } from '../../../../lab/product/roles.ts';
import { type Broker, openBroker } from '../broker/open-broker.ts';
import type { CarbonContext } from '../carbon/context.ts';
import type { KeyStores } from '../carbon/key-stores.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { hasPermission, PERMISSIONS } from '../carbon/users/permissions.ts';
import { openReceiver, type Receiver } from '../databridge/receiver/open-receiver.ts';
import type { StreamEvent } from '../databridge/stream-definition.ts';
import { streamsOf } from '../databridge/streams.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { openThrottling, type Throttling } from '../throttling/open-throttling.ts';
import { republishedMessage } from '../throttling/republished-message.ts';
import { duplicatePublishers } from './duplicate-events.ts';
import { topicOf } from './topics.ts';

/** What a node has of the way that events take: receiver, engine, broker. */
export type Traffic = {
  /** Servers by listener, not listening yet. */
  readonly servers: Readonly<Partial<Record<Listener, Server>>>;
  readonly services: readonly SoapService[];
  /** Takes leave of all clients, within so many milliseconds. */
  close(limit: number): Promise<void>;
};

/** Roles that count events and decide; others that open a receiver or a broker only have them (configuration.md 2.4). */
const DECIDERS: readonly Role[] = ['traffic-manager', 'all-in-one'];

/** Opens the parts of the event traffic that the node's listeners and its role ask for. */
export const openTraffic = async (
  context: CarbonContext,
  listeners: readonly Listener[],
  keyStores: KeyStores,
): Promise<Traffic> => {
  const broker = listeners.includes('amqp') ? brokerOf(context) : undefined;
  const throttling = broker && DECIDERS.includes(context.role) ? await throttlingOf(context, broker) : undefined;
  const duplicates = throttling ? duplicatePublishers(context, keyStores.trusted) : [];
  const tellers = broker ? [broker, ...duplicates] : [];
  const receiver = listeners.includes('databridge')
    ? receiverOf(context, keyStores, (event) => take(event, throttling, tellers))
    : undefined;
  return {
    servers: {
      ...(receiver && { databridge: receiver.databridge, databridgeTls: receiver.databridgeTls }),
      ...(broker && { amqp: broker.plainServer(), amqps: broker.tlsServer(keyStores.tls) }),
    },
    services: throttling ? [throttling.service] : [],
    close: async (limit) => {
      await receiver?.close(limit);
      throttling?.close();
      for (const duplicate of duplicates) duplicate.close();
      await broker?.close();
    },
  };
};

const brokerOf = ({ version, configuration, users, log }: CarbonContext): Broker => {
  const andes = log('org.wso2.andes.server.Broker');
  return openBroker({
    productVersion: version,
    authenticate: async (username, password) => (await users.authenticate(username, password)) !== undefined,
    publisher: configuration.text('super_admin.username'),
    warn: (text, cause) => andes.warn(cause === undefined ? text : `${text}: ${String(cause)}`),
  });
};

const throttlingOf = ({ home, log }: CarbonContext, broker: Broker): Promise<Throttling> =>
  openThrottling({ home, log, publish: broker.publish, onNotSimulated: notSimulatedLog(log) });

const receiverOf = (
  { version, users, log }: CarbonContext,
  keyStores: KeyStores,
  onEvent: (event: StreamEvent) => void,
): Receiver =>
  openReceiver({
    streams: streamsOf(version),
    tls: keyStores.tls,
    authenticate: async (username, password) => {
      const user = await users.authenticate(username, password);
      return user !== undefined && hasPermission(user, PERMISSIONS.publishEvents);
    },
    onEvent: (_streamId, event) => onEvent(event),
    log,
  });

/** An event is counted, passed on to a topic here and elsewhere, or, on a node that does neither, of no effect. */
const take = (
  event: StreamEvent,
  throttling: Throttling | undefined,
  tellers: readonly Pick<Broker, 'publish'>[],
): void => {
  if (throttling === undefined || throttling.receive(event)) return;
  const topic = topicOf(event.stream);
  if (topic === undefined) return;
  const message = republishedMessage(event);
  for (const teller of tellers) teller.publish(topic, message);
};
