import type { Log } from '../carbon/log.ts';
import type { EndpointArtifact } from '../synapse/endpoint-artifact.ts';

/** An endpoint as it was deployed: one that is deployed anew is another, and ready. */
type Endpoint = Pick<EndpointArtifact, 'name' | 'suspension'>;

/** Which endpoints this node leaves alone for a while (wire.md 3.5). */
export type EndpointStates = {
  isReady(endpoint: Endpoint): boolean;
  /** A call failed with this code of synapse. */
  failed(endpoint: Endpoint, code: number): void;
  succeeded(endpoint: Endpoint): void;
};

/** Synapse's "connection timeout": the one failure that by itself only marks an endpoint. */
const SEND_TIMEOUT = 101504;

/** What synapse calls an endpoint that was written in place. */
const ANONYMOUS = 'AnonymousEndpoint';

export const endpointNameOf = ({ name }: Pick<EndpointArtifact, 'name'>): string => name || ANONYMOUS;

type State = {
  /** Milliseconds of the clock. */
  readonly restsUntil: number;
  /** Length of the last suspension, milliseconds; 0 while the endpoint is only marked. */
  readonly duration: number;
  /** Failures in a row that only marked it. */
  readonly marks: number;
};

const ACTIVE: State = { restsUntil: 0, duration: 0, marks: 0 };

/** @param now milliseconds of a clock that only goes forward */
export const endpointStates = (now: () => number, log: Log): EndpointStates => {
  const states = new WeakMap<Endpoint, State>();

  const suspend = (endpoint: Endpoint, before: State): void => {
    const { initialDuration, progressionFactor, maximumDuration } = endpoint.suspension;
    const duration =
      before.duration === 0 ? initialDuration : Math.min(before.duration * progressionFactor, maximumDuration);
    if (duration === 0) return;
    states.set(endpoint, { restsUntil: now() + duration, duration, marks: 0 });
    log.warn(`Suspending endpoint : ${endpointNameOf(endpoint)} - current suspend duration is : ${duration}ms`);
  };

  return {
    isReady: (endpoint) => (states.get(endpoint)?.restsUntil ?? 0) <= now(),
    failed: (endpoint, code) => {
      const { markingCodes, errorCodes, retriesBeforeSuspension, retryDelay } = endpoint.suspension;
      const before = states.get(endpoint) ?? ACTIVE;
      const marks = markingCodes?.includes(code) ?? code === SEND_TIMEOUT;
      const suspends = errorCodes?.includes(code) ?? true;
      if (marks && before.marks < retriesBeforeSuspension) {
        states.set(endpoint, { ...before, restsUntil: now() + retryDelay, marks: before.marks + 1 });
        log.warn(`Endpoint : ${endpointNameOf(endpoint)} is marked as TIMEOUT and will be retried`);
      } else if (marks || suspends) suspend(endpoint, before);
    },
    succeeded: (endpoint) => {
      if (states.delete(endpoint))
        log.info(`Endpoint : ${endpointNameOf(endpoint)} currently SUSPENDED will now be marked active`);
    },
  };
};
