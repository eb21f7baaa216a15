/** Events that wait, and those on their way: both count against the capacity. */
export type EventQueue = {
  readonly waiting: number;
  readonly inFlight: number;
  /** False, and nothing happens, when the queue is full. */
  offer(event: Buffer): boolean;
  /** The next event; it stays on its way until it is `settled` or `putBack`. */
  take(): Buffer | undefined;
  peek(): Buffer | undefined;
  settled(events: readonly Buffer[]): void;
  /** Events that could not be sent come first again, so that they keep their order. */
  putBack(events: readonly Buffer[]): void;
};

/** @param capacity events */
export const createEventQueue = (capacity: number): EventQueue => {
  let events: (Buffer | undefined)[] = [];
  let head = 0;
  let inFlight = 0;
  const waiting = (): number => events.length - head;

  return {
    get waiting() {
      return waiting();
    },
    get inFlight() {
      return inFlight;
    },
    offer: (event) => {
      if (waiting() + inFlight >= capacity) return false;
      events.push(event);
      return true;
    },
    peek: () => events[head],
    take: () => {
      const event = events[head];
      if (event === undefined) return undefined;
      events[head] = undefined;
      head += 1;
      inFlight += 1;
      // Shifting an array moves all of it: the front is cut off only once it is as long as what waits.
      if (head > waiting()) [events, head] = [events.slice(head), 0];
      return event;
    },
    settled: (sent) => {
      inFlight -= sent.length;
    },
    putBack: (unsent) => {
      inFlight -= unsent.length;
      [events, head] = [[...unsent, ...events.slice(head)], 0];
    },
  };
};
