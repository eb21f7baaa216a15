import type { Log } from '../../carbon/log.ts';
import type { UrlGroup } from '../../config/url-groups.ts';
import type { Clock } from '../clock.ts';
import type { Endpoint, EndpointState } from './endpoint.ts';
import { createEventQueue } from './event-queue.ts';
import { BATCH_BYTES, BATCH_SIZE, GATHERING_TIME, QUEUE_SIZE, RECONNECTION_INTERVAL } from './limits.ts';
import { pickEndpoint } from './pick-endpoint.ts';

/** Receivers that get an event once between them, with their queue. */
export type EndpointGroup = {
  /** As the product names it in its lines. */
  readonly name: string;
  readonly states: readonly EndpointState[];
  /** Events that no receiver has confirmed. */
  readonly pending: number;
  /** Queues an event; false when the queue is full. */
  offer(event: Buffer): boolean;
  /** Resolves when every queued event is sent, or no receiver is left to take one. */
  drained(): Promise<void>;
  /** Ends the reconnection. */
  stop(): void;
};

export type EndpointGroupParts = {
  readonly type: UrlGroup['type'];
  readonly endpoints: readonly Endpoint[];
  readonly clock: Clock;
  readonly log: (className: string) => Log;
};

const CLASS = 'org.wso2.carbon.databridge.agent.endpoint.DataEndpointGroup';

/** Connects all receivers of the group, and again every 30 s those that are unavailable. */
export const createEndpointGroup = ({ type, endpoints, clock, log }: EndpointGroupParts): EndpointGroup => {
  const queue = createEventQueue(QUEUE_SIZE);
  let turn = 0;
  let dealing = false;
  /** Whether the last batches, full, left events behind. */
  let isFlooded = false;
  let callOffGathering: (() => void) | undefined;
  const waiters: (() => void)[] = [];

  const isAvailable = ({ state }: Endpoint): boolean => state !== 'unavailable';
  const isDrained = (): boolean => queue.inFlight === 0 && (queue.waiting === 0 || !endpoints.some(isAvailable));

  /** Deals the queue out over the endpoints that can take a batch now, event by event, as the product does. */
  const deal = (): void => {
    dealing = false;
    callOffGathering?.();
    callOffGathering = undefined;
    const batches = endpoints.map((): Batch => ({ events: [], bytes: 0 }));
    for (let event = queue.peek(); event !== undefined; event = queue.peek()) {
      const size = event.length;
      const states = endpoints.map(({ state }, index) => (isFull(batches[index], size) ? 'busy' : state));
      const picked = pickEndpoint(type, states, turn);
      const batch = picked === undefined ? undefined : batches[picked];
      if (batch === undefined) break;
      batch.events.push(event);
      batch.bytes += size;
      queue.take();
      turn = (turn + 1) % endpoints.length;
    }
    if (batches.some(({ events }) => events.length > 0)) isFlooded = queue.waiting > 0;
    endpoints.forEach((endpoint, index) => {
      const events = batches[index]?.events ?? [];
      if (events.length > 0) void send(endpoint, events);
    });
    if (isDrained()) for (const resolve of waiters.splice(0)) resolve();
  };

  const send = async (endpoint: Endpoint, events: readonly Buffer[]): Promise<void> => {
    const sent = await endpoint.send(events);
    if (sent) queue.settled(events);
    else queue.putBack(events);
    if (sent && events.length > 1 && queue.waiting > 0 && !isFlooded && waiters.length === 0) gather();
    else deal();
  };

  /** Lets the next batch grow: where several events come between two answers, a batch costs both sides more than what is in it. */
  const gather = (): void => {
    if (dealing) return;
    dealing = true;
    callOffGathering = clock.after(GATHERING_TIME, deal);
  };

  const connect = async (): Promise<void> => {
    await Promise.all(
      endpoints.map((endpoint) => (isAvailable(endpoint) ? endpoint.check() : endpoint.connect().then(deal))),
    );
    deal();
  };

  const reconnect = async (): Promise<void> => {
    await connect();
    if (!endpoints.some(isAvailable))
      log(CLASS).warn(
        `No receiver is reachable at reconnection, will try to reconnect every ${RECONNECTION_INTERVAL / 1000} sec`,
      );
  };

  void connect();
  const stop = clock.every(RECONNECTION_INTERVAL, () => void reconnect());
  return {
    name: nameOf(type, endpoints),
    get states() {
      return endpoints.map(({ state }) => state);
    },
    get pending() {
      return queue.waiting + queue.inFlight;
    },
    offer: (event) => {
      const taken = queue.offer(event);
      // What is published in one turn of the event loop goes out as one batch; while all are busy, it waits for their answer.
      if (taken && !dealing && endpoints.some(({ state }) => state === 'active')) {
        dealing = true;
        queueMicrotask(deal);
      }
      return taken;
    },
    drained: () => {
      if (callOffGathering) deal();
      return new Promise((resolve) => (isDrained() ? resolve() : void waiters.push(resolve)));
    },
    stop,
  };
};

type Batch = { readonly events: Buffer[]; bytes: number };

/** A batch takes one event of any size. */
const isFull = (batch: Batch | undefined, more: number): boolean =>
  batch !== undefined &&
  batch.events.length > 0 &&
  (batch.events.length >= BATCH_SIZE || batch.bytes + more > BATCH_BYTES);

const nameOf = (type: UrlGroup['type'], endpoints: readonly Endpoint[]): string => {
  const names = endpoints.map(
    ({ target }) => `( Receiver URL : ${target.receiver.text}, Authentication URL : ${target.auth.text})`,
  );
  return `[ ${names.join(type === 'failover' ? '|' : ',')} ]`;
};
