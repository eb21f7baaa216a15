import type { Agent } from 'node:https';
import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { type SubscriptionData, subscriptionData } from '../subscription-data/subscription-data.ts';
import { createSubscriptionStore } from '../subscription-data/subscription-store.ts';
import { dataService } from './boot-loads/data-service.ts';
import { retrieve } from './boot-loads/retrieve.ts';

export type OpenSubscriptionData = {
  readonly data: SubscriptionData;
  /** Ends what waits for the event hub. */
  close(): void;
};

const LOADER = 'org.wso2.carbon.apimgt.keymgt.model.impl.SubscriptionDataLoaderImpl';

/**
 * The memory of a gateway that validates keys in its own process (3.2.0), still empty; undefined on versions that do not.
 * @throws ConfigurationError
 */
export const openSubscriptionData = (context: CarbonContext, agent: Agent): OpenSubscriptionData | undefined => {
  if (VERSION_FACTS[context.version].keyValidation !== 'in-process') return undefined;
  const ending = new AbortController();
  const log = context.log(LOADER);
  const service = dataService(context);
  const ask = (path: string) => retrieve({ service, path, what: path, agent, log, signal: ending.signal });
  return {
    data: subscriptionData(createSubscriptionStore(), ask, log),
    close: () => ending.abort(),
  };
};
