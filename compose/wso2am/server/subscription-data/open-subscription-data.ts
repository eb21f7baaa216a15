import type { Agent } from 'node:https';
import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import { systemTimers } from '../broker/timers.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { eventHubOf, retrieveFromEventHub } from './retrieve-from-event-hub.ts';
import { type SubscriptionData, subscriptionData } from './subscription-data.ts';
import { createSubscriptionStore } from './subscription-store.ts';

export type OpenSubscriptionData = {
  readonly data: SubscriptionData;
  /** Ends what waits for the event hub. */
  close(): void;
};

const LOADER = 'org.wso2.carbon.apimgt.keymgt.model.impl.SubscriptionDataLoaderImpl';

/** The memory of a gateway that validates keys in its own process (3.2.0), still empty; undefined on versions that do not. */
export const openSubscriptionData = (context: CarbonContext, agent: Agent): OpenSubscriptionData | undefined => {
  if (VERSION_FACTS[context.version].keyValidation !== 'in-process') return undefined;
  const ending = new AbortController();
  const log = context.log(LOADER);
  const retrieve = retrieveFromEventHub(eventHubOf(context), {
    agent,
    log,
    timers: systemTimers,
    signal: ending.signal,
  });
  return {
    data: subscriptionData(createSubscriptionStore(), retrieve, log),
    close: () => ending.abort(),
  };
};
