import type { Agent } from 'node:https';
import * as z from 'zod/mini';
import { systemTimers, type Timers } from '../../broker/timers.ts';
import type { CarbonContext } from '../../carbon/context.ts';
import type { ThrottlingHolders } from '../../throttling/gateway/check-throttling.ts';
import type { RevokedJwts } from '../revoked-jwts.ts';
import { dataService } from './data-service.ts';
import { elapsed } from './elapsed.ts';
import { retrieve } from './retrieve.ts';

type LoadContext = Pick<CarbonContext, 'version' | 'configuration' | 'properties' | 'log'>;

/** What the loads fill. */
export type Loaded = {
  readonly holders: Pick<ThrottlingHolders, 'blockingConditions' | 'keyTemplates'>;
  readonly revokedJwts: RevokedJwts;
};

export type LoadOptions = { readonly agent: Agent; readonly timers?: Timers };

type Load = {
  readonly path: string;
  readonly what: string;
  /** The product's class, under which the log has its lines. */
  readonly className: string;
  /** Whether `enable_blacklist_condition` switches it off. */
  readonly throttling: boolean;
  /** @throws ZodError for an answer of another form */
  take(answer: unknown, loaded: Loaded): void;
};

const templateList = z.array(z.string());

const revokedList = z.array(z.object({ jwt_signature: z.string(), expiry_time: z.number() }));

/** What events told before this node lived (wire.md 5.7, 5.11). */
const LOADS: readonly Load[] = [
  {
    path: '/block',
    what: 'Blocking Conditions',
    className: 'org.wso2.carbon.apimgt.gateway.throttling.util.BlockingConditionRetriever',
    throttling: true,
    take: (answer, { holders }) => holders.blockingConditions.load(answer),
  },
  {
    path: '/keyTemplates',
    what: 'keytemplates',
    className: 'org.wso2.carbon.apimgt.gateway.throttling.util.KeyTemplateRetriever',
    throttling: true,
    take: (answer, { holders }) => holders.keyTemplates.load(z.parse(templateList, answer)),
  },
  {
    path: '/revokedjwt',
    what: 'revoked JWT signatures',
    className: 'org.wso2.carbon.apimgt.gateway.jwt.RevokedJWTTokensRetriever',
    throttling: false,
    take: (answer, { revokedJwts }) => {
      for (const { jwt_signature, expiry_time } of z.parse(revokedList, answer)) {
        revokedJwts.add(jwt_signature, expiry_time);
      }
    },
  },
];

/** Milliseconds before the first try until 3.1.0, where no key says otherwise (wire.md 5.11). */
const START_DELAY = 60_000;

/** Loads under way. */
export type BootLoads = {
  /** Resolves when each is loaded or given up; never rejects. */
  readonly done: Promise<void>;
  /** Gives up what is still to come. */
  stop(): void;
};

/**
 * Loads what events told while the gateway was away: blocking conditions, key templates, revoked JWTs. Each is loaded for itself
 * and once; events change it from then on.
 * @throws ConfigurationError
 */
export const startBootLoads = (context: LoadContext, loaded: Loaded, options: LoadOptions): BootLoads => {
  const { version, configuration, log } = context;
  const { agent, timers = systemTimers } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const service = dataService(context);
  const delay = configuration.optionalNumber('apim.throttling.blacklist_condition.start_delay') ?? START_DELAY;
  const throttles = configuration.flag('apim.throttling.enable_blacklist_condition');
  const loads = LOADS.filter(({ throttling }) => throttles || !throttling);

  const run = async ({ path, what, className, take }: Load): Promise<void> => {
    const answer = await retrieve({ service, path, what, agent, log: log(className), signal, timers });
    if (answer === undefined) return;
    try {
      take(answer, loaded);
    } catch (cause) {
      log(className).error(`Could not read the ${what} that ${service.baseUrl} answered`, cause);
    }
  };
  const runAll = async (): Promise<void> => {
    if (version !== '3.2.0' && !(await elapsed(delay, timers, signal))) return;
    await Promise.all(loads.map(run));
  };
  return { done: runAll(), stop: () => stopping.abort() };
};
