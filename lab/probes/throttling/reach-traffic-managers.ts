import { tryPort } from '../connect.ts';
import type { HopRecorder } from '../hops.ts';
import { NoAnswer } from '../http-client.ts';
import type { ProbeContext } from '../probes.ts';
import { topicBrokers } from '../topics/brokers.ts';
import { listenToTopics } from '../topics/listen-to-topics.ts';
import { awayInWords } from './away.ts';
import { DecisionLog } from './decision-log.ts';

/** The Traffic Managers of a lab, as far as the probe got hold of them. */
export type TrafficManagers = {
  /** Names of all. */
  readonly nodes: readonly string[];
  /** Names of those whose decisions are heard. */
  readonly heard: readonly string[];
  /** Those whose event receiver refuses connections, and why. One that does not answer is not among them. */
  readonly unreachable: ReadonlyMap<string, string>;
  readonly decisions: DecisionLog;
};

/**
 * Tries the event receiver of every Traffic Manager and listens to its decisions, until `signal` aborts. All at once, for
 * nothing is lost by it and a dead one takes its time.
 */
export const reachTrafficManagers = async (
  context: ProbeContext,
  recorder: HopRecorder,
  signal: AbortSignal,
): Promise<TrafficManagers> => {
  const { status, ca } = context;
  const decisions = new DecisionLog();
  const unreachable = new Map<string, string>();
  const nodes = status.nodes.filter(({ role }) => role === 'traffic-manager' || role === 'all-in-one');
  const receivers = nodes.map(({ name, urls: { databridge, databridgeTls } }) =>
    recorder.hop({
      name: 'event receiver',
      from: 'probe',
      to: name,
      work: async () => {
        try {
          if (databridge !== undefined) await tryPort(databridge);
          if (databridgeTls !== undefined) await tryPort(databridgeTls.replace('ssl:', 'https:'), ca);
        } catch (cause) {
          if (!(cause instanceof NoAnswer)) throw cause;
          const away = await awayInWords(context, name);
          if (!cause.timedOut) unreachable.set(name, away === undefined ? 'its receiver refuses' : `${name} ${away}`);
          throw away === undefined ? cause : new NoAnswer(`${name} ${away}: ${cause.message}`, cause.timedOut);
        }
        return { value: undefined, detail: '9611 accepts, 9711 accepts over TLS' };
      },
    }),
  );
  const listeners = topicBrokers(status).map(async (broker) => {
    const listener = await recorder.hop({
      name: 'listen',
      from: 'probe',
      to: broker.node,
      work: async () => {
        const user = status.credentials;
        const onMessage = (message: Parameters<DecisionLog['add']>[1]) => decisions.add(broker.node, message);
        const value = await listenToTopics(broker, { topics: ['throttleData'], user, onMessage, signal });
        return { value, detail: 'subscribed to throttleData on 5672' };
      },
    });
    return listener ? [broker.node] : [];
  });
  await Promise.all(receivers);
  const heard = (await Promise.all(listeners)).flat();
  return { nodes: nodes.map(({ name }) => name), heard, unreachable, decisions };
};
