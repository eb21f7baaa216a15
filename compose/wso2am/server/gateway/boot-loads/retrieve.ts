import type { Agent } from 'node:https';
import { systemTimers, type Timers } from '../../broker/timers.ts';
import type { Log } from '../../carbon/log.ts';
import type { DataService } from './data-service.ts';
import { elapsed } from './elapsed.ts';
import { fetchJson } from './fetch-json.ts';

export type Retrieval = {
  readonly service: DataService;
  /** Below the service's base URL, with the query: `/block`, `/apis?context=/pizzashack/1.0.0&version=1.0.0`. */
  readonly path: string;
  /** What is retrieved, as the lines of the log call it: `Blocking Conditions`. */
  readonly what: string;
  readonly agent: Agent;
  readonly log: Log;
  /** Gives up, also in the middle of a wait or of an exchange. */
  readonly signal: AbortSignal;
  readonly timers?: Timers;
};

/** How often a gateway tries, and milliseconds between two tries (wire.md 2.3, 5.11). */
const TRIES = 15;
const WAIT = 15_000;

/**
 * Gets a JSON document of the node that a gateway loads from, however late that node starts. The document is parsed, not
 * checked. Undefined when every try failed, which the log says, or when the signal aborted.
 */
export const retrieve = async (retrieval: Retrieval): Promise<unknown> => {
  const { service, path, what, agent, log, signal, timers = systemTimers } = retrieval;
  const remote = `Failed retrieving ${what} from remote endpoint`;
  for (let tried = 1; ; tried++) {
    try {
      const url = new URL(service.baseUrl + path);
      return await fetchJson({ url, headers: service.headers, agent, signal });
    } catch (cause) {
      if (signal.aborted) return undefined;
      const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
      if (tried === TRIES) {
        log.error(`${remote}: ${reason}. Gave up after ${TRIES} attempts`);
        return undefined;
      }
      log.warn(`${remote}: ${reason}. Retrying after ${WAIT / 1000} seconds...`);
    }
    if (!(await elapsed(WAIT, timers, signal))) return undefined;
  }
};
