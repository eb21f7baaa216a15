import { type Agent, request } from 'node:https';
import { pause, type Timers } from '../broker/timers.ts';
import type { CarbonContext } from '../carbon/context.ts';
import type { Log } from '../carbon/log.ts';
import { readBody } from '../carbon/read-body.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { replaceProperties } from '../config/replace-properties.ts';
import type { Retrieve } from './subscription-data.ts';

export type EventHub = {
  /** `https://tm:9443/internal/data/v1`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
};

/** The event hub of `[apim.event_hub]`: below the text before `/services` (configuration.md 5.6, 5.7). */
export const eventHubOf = ({
  configuration,
  properties,
}: Pick<CarbonContext, 'configuration' | 'properties'>): EventHub => {
  const base = replaceProperties(configuration.text('apim.event_hub.service_url'), properties).split('/services', 1)[0];
  // The product reads these two as they are written: `${admin.username}` stays what it is (configuration.md 4.3).
  const [username, password] = [
    configuration.text('apim.event_hub.username'),
    configuration.text('apim.event_hub.password'),
  ];
  return { url: `${base}/internal/data/v1`, username, password };
};

/** Attempts, and milliseconds between them (wire.md 2.3). */
const ATTEMPTS = 15;
const WAIT = 15_000;

/** Bytes of a list at most. */
const LIST_LIMIT = 64 * 1024 * 1024;

/** Milliseconds for one attempt; a hub that hangs must not hold calls for good. */
const TIMEOUT = 60_000;

export type Retrieving = {
  readonly agent: Agent;
  readonly log: Log;
  readonly timers: Timers;
  /** Ends the waiting between attempts. */
  readonly signal: AbortSignal;
};

/** Asks the event hub until it answers, fifteen times at most; single fetches too, as the product does. */
export const retrieveFromEventHub =
  (hub: EventHub, { agent, log, timers, signal }: Retrieving): Retrieve =>
  async (path) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await get(hub, path, agent);
      } catch (cause) {
        if (attempt === ATTEMPTS || signal.aborted) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        log.warn(`Failed retrieving ${path} from remote endpoint: ${reason}. Retrying after ${WAIT / 1000} seconds.`);
        await pause(WAIT, timers, signal);
      }
    }
  };

const get = (hub: EventHub, path: string, agent: Agent): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const call = request(`${hub.url}${path}`, {
      agent,
      headers: {
        Authorization: `Basic ${Buffer.from(`${hub.username}:${hub.password}`).toString('base64')}`,
        xWSO2Tenant: SUPER_TENANT_DOMAIN,
      },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    call.on('error', reject);
    call.on('response', (response) => {
      readBody(response, LIST_LIMIT)
        .then((bytes) => {
          if (response.statusCode !== 200) throw new Error(`it answered ${response.statusCode}`);
          resolve(JSON.parse(bytes.toString('utf8')));
        })
        .catch(reject);
    });
    call.end();
  });
