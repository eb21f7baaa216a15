import { join } from 'node:path';
import { HOME_PATHS } from '../../../../lab/product/image.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import type { Log } from '../carbon/log.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { createEngine } from './create-engine.ts';
import { decisionEntries, type MapEntry, republishedEntries } from './decision.ts';
import { eventProcessorAdmin } from './deployment/event-processor-admin.ts';
import { planDirectory } from './deployment/plan-directory.ts';
import { writeDefaultPlans } from './deployment/write-default-plans.ts';
import { blockingAttributes, KEY_TEMPLATE_ATTRIBUTES, requestRow, STREAMS } from './streams.ts';
import { systemTimers, type Timers } from './timers.ts';

export type ThrottlingOptions = {
  readonly version: Version;
  /** Product home, absolute. */
  readonly home: string;
  readonly log: (className: string) => Log;
  /** Sends a map message to topic `throttleData` of this node's broker (wire.md 5.7). */
  readonly publish: (entries: readonly MapEntry[]) => void;
  readonly onNotSimulated: (what: string) => void;
  readonly timers?: Timers;
};

/** The throttling side of a Traffic Manager: events in, decisions out, plans deployed. */
export type Throttling = {
  /**
   * Takes an event from the receiver; false for a stream that throttling does not read.
   * @throws TypeError when a request event is not what its stream defines
   */
  receive(streamId: string, payload: readonly unknown[]): boolean;
  /** `EventProcessorAdminService`, for the SOAP endpoint. */
  readonly service: SoapService;
  /** Stops counting and looking for plans. */
  close(): void;
};

/** Starts the throttling of a Traffic Manager with the plans of its directory; a directory without any gets the default ones. */
export const openThrottling = async (options: ThrottlingOptions): Promise<Throttling> => {
  const { version, home, log, publish, onNotSimulated, timers = systemTimers } = options;
  const directory = join(home, HOME_PATHS.deploymentServer, 'executionplans');
  await writeDefaultPlans(directory);
  const engine = createEngine({ timers, onDecision: (decision) => publish(decisionEntries(decision)) });
  const deployer = log('org.wso2.carbon.event.processor.core.EventProcessorDeployer');
  const plans = await planDirectory({ directory, engine, timers, log: deployer });

  return {
    receive: (streamId, payload) => {
      switch (streamId) {
        case STREAMS.request:
          engine.accept(requestRow(payload));
          return true;
        case STREAMS.blocking:
          publish(republishedEntries(blockingAttributes(version), payload));
          return true;
        case STREAMS.keyTemplate:
          publish(republishedEntries(KEY_TEMPLATE_ATTRIBUTES, payload));
          return true;
        default:
          return false;
      }
    },
    service: eventProcessorAdmin(plans, onNotSimulated),
    close: () => {
      plans.close();
      engine.close();
    },
  };
};
