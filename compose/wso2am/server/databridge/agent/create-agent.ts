import { setMaxListeners } from 'node:events';
import type { Log } from '../../carbon/log.ts';
import type { UrlGroup } from '../../config/url-groups.ts';
import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import { encodeEvent } from '../encode-event.ts';
import type { Attributes, StreamDefinition, ValuesOf } from '../stream-definition.ts';
import { createEndpoint, type EndpointState } from './endpoint.ts';
import { createEndpointGroup, type EndpointGroup } from './endpoint-group.ts';
import { BATCH_BYTES, DROP_LOG_INTERVAL } from './limits.ts';
import { targetsOf } from './server-url.ts';

export type AgentOptions = {
  /** `receiverUrlGroups` of the configuration: every group gets every event (wire.md 5.2). */
  readonly groups: readonly UrlGroup[];
  readonly username: string;
  readonly password: string;
  /** PEM; whom this node trusts. */
  readonly trusted: readonly string[];
  /** A logger under this Java class name, in full. */
  readonly log: (className: string) => Log;
  readonly clock?: Clock;
};

/** Sends events to receivers, in the background. */
export type Agent = {
  /**
   * Queues an event for every group; never waits. False when the event is lost: for a group whose queue is full, or for all
   * when it is too large or the agent is closed.
   * @throws TypeError, RangeError values that the definition does not allow
   */
  publish<P extends Attributes>(
    stream: StreamDefinition<P>,
    payload: ValuesOf<P>,
    arbitrary?: ReadonlyMap<string, string>,
  ): boolean;
  /** Of every receiver, group by group. */
  states(): readonly (readonly EndpointState[])[];
  /** Takes no more events, sends what is queued, logs out; cuts that off after so many milliseconds. */
  close(limit: number): Promise<void>;
};

const PUBLISHER = 'org.wso2.carbon.databridge.agent.DataPublisher';
const GROUP = 'org.wso2.carbon.databridge.agent.endpoint.DataEndpointGroup';

/**
 * An agent that begins to log in at once.
 * @throws UrlGroupError url groups that cannot be worked with
 */
export const createAgent = ({ groups, clock = SYSTEM_CLOCK, ...options }: AgentOptions): Agent => {
  const cutOff = new AbortController();
  // Every connection listens to it; there may be more than the ten that Node takes for a leak.
  setMaxListeners(0, cutOff.signal);
  const { log } = options;
  const parts = { ...options, clock, signal: cutOff.signal };
  const targets = groups.map((group) => ({ type: group.type, targets: targetsOf(group) }));
  const endpoints = targets.map((group) => group.targets.map((target) => createEndpoint(target, parts)));
  const queues = targets.map(({ type }, index) =>
    createEndpointGroup({ type, endpoints: endpoints[index] ?? [], clock, log }),
  );
  const reportDrop = dropReport(clock, log(PUBLISHER));
  let closed = false;

  return {
    publish: (stream, payload, arbitrary = new Map()) => {
      if (closed) return false;
      const event = encodeEvent({ stream, timestamp: clock.epoch(), meta: {}, correlation: {}, payload, arbitrary });
      if (event.length > BATCH_BYTES) {
        log(PUBLISHER).warn(`Event of ${event.length} bytes on ${stream.id} is too large, dropping the event.`);
        return false;
      }
      return queues.map((group) => group.offer(event) || reportDrop(group)).every(Boolean);
    },
    states: () => queues.map(({ states }) => states),
    close: async (limit) => {
      if (closed) return;
      closed = true;
      for (const group of queues) group.stop();
      const callOff = clock.after(limit, () => cutOff.abort());
      await Promise.all(queues.map((group) => orCutOff(group.drained(), cutOff.signal)));
      if (queues.some(({ pending }) => pending > 0))
        log(GROUP).error('Dropping all events as DataPublisher is shutting down.');
      await Promise.all(endpoints.flat().map((endpoint) => endpoint.logOut()));
      callOff();
      cutOff.abort();
    },
  };
};

/** Counts what is lost, and says so, but not for every event. Always false. */
const dropReport = (clock: Clock, log: Log): ((group: EndpointGroup) => false) => {
  let dropped = 0;
  let last = Number.NEGATIVE_INFINITY;
  return ({ name }) => {
    dropped += 1;
    if (clock.now() - last > DROP_LOG_INTERVAL) {
      last = clock.now();
      log.warn(
        `Event queue is full, unable to process the event for endpoint group ${name}, ${dropped} events dropped so far.`,
      );
    }
    return false;
  };
};

const orCutOff = (work: Promise<void>, signal: AbortSignal): Promise<void> =>
  Promise.race([work, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))]);
