import type { Log } from '../carbon/log.ts';
import type { Suspension } from '../synapse/endpoint-artifact.ts';

/** Which endpoints this node leaves alone for a while (wire.md 3.5). Endpoints go by name. */
export type EndpointStates = {
  isSuspended(name: string): boolean;
  /** A call failed with this code of synapse. */
  failed(name: string, code: number, suspension: Suspension): void;
  succeeded(name: string): void;
};

/** Synapse's "connection timeout": the one failure that by itself only marks an endpoint. */
const SEND_TIMEOUT = 101504;

type State = {
  /** Milliseconds of the clock; 0 while the endpoint is only marked. */
  readonly suspendedUntil: number;
  /** Length of the last suspension, milliseconds. */
  readonly duration: number;
  /** Failures in a row that only marked it. */
  readonly marks: number;
};

const ACTIVE: State = { suspendedUntil: 0, duration: 0, marks: 0 };

/** @param now milliseconds of a clock that only goes forward */
export const endpointStates = (now: () => number, log: Log): EndpointStates => {
  const states = new Map<string, State>();

  const suspend = (name: string, before: State, suspension: Suspension): void => {
    const duration =
      before.duration === 0
        ? suspension.initialDuration
        : Math.min(before.duration * suspension.progressionFactor, suspension.maximumDuration);
    if (duration === 0) return;
    states.set(name, { suspendedUntil: now() + duration, duration, marks: 0 });
    log.warn(`Suspending endpoint : ${name} - current suspend duration is : ${duration}ms`);
  };

  return {
    isSuspended: (name) => (states.get(name)?.suspendedUntil ?? 0) > now(),
    failed: (name, code, suspension) => {
      const before = states.get(name) ?? ACTIVE;
      const marks = suspension.markingCodes?.includes(code) ?? code === SEND_TIMEOUT;
      const suspends = suspension.errorCodes?.includes(code) ?? true;
      if (marks && before.marks < suspension.retriesBeforeSuspension) {
        states.set(name, { ...before, marks: before.marks + 1 });
        log.warn(`Endpoint : ${name} is marked as TIMEOUT and will be retried`);
      } else if (marks || suspends) suspend(name, before, suspension);
    },
    succeeded: (name) => {
      if (states.delete(name)) log.info(`Endpoint : ${name} currently SUSPENDED will now be marked active`);
    },
  };
};
