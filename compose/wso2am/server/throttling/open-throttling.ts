import { join } from 'node:path';
import { HOME_PATHS } from '../../../../lab/product/image.ts';
import type { MapMessage } from '../../../../lab/product/map-message/map-message.ts';
import type { Log } from '../carbon/log.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { isOfStream, type StreamDefinition, type StreamEvent } from '../databridge/stream-definition.ts';
import { BLOCKING, BLOCKING_3_0, KEY_TEMPLATE, THROTTLE_REQUEST } from '../databridge/streams.ts';
import { createEngine } from './create-engine.ts';
import { decisionMessage, THROTTLE_DATA_TOPIC } from './decision.ts';
import { eventProcessorAdmin } from './deployment/event-processor-admin.ts';
import { planDirectory } from './deployment/plan-directory.ts';
import { writeDefaultPlans } from './deployment/write-default-plans.ts';
import { republishedMessage } from './republished-message.ts';
import { systemTimers, type Timers } from './timers.ts';

export type ThrottlingOptions = {
  /** Product home, absolute. */
  readonly home: string;
  readonly log: (className: string) => Log;
  /** Sends a message to a topic of this node's broker (wire.md 5.7). */
  readonly publish: (topic: string, message: MapMessage) => void;
  readonly onNotSimulated: (what: string) => void;
  readonly timers?: Timers;
};

/** The throttling side of a Traffic Manager: events in, decisions out, plans deployed. */
export type Throttling = {
  /** Takes an event from the receiver; false when it is of a stream that is no matter of throttling. */
  receive(event: StreamEvent): boolean;
  /** `EventProcessorAdminService`, for the SOAP endpoint. */
  readonly service: SoapService;
  /** Stops counting and looking for plans. */
  close(): void;
};

/** Streams that go to the same topic as decisions, unread (wire.md 5.10). */
const PASSED_ON: readonly StreamDefinition[] = [BLOCKING_3_0, BLOCKING, KEY_TEMPLATE];

/** Starts the throttling of a Traffic Manager with the plans of its directory; a directory without any gets the default ones. */
export const openThrottling = async (options: ThrottlingOptions): Promise<Throttling> => {
  const { home, log, publish, onNotSimulated, timers = systemTimers } = options;
  const directory = join(home, HOME_PATHS.deploymentServer, 'executionplans');
  await writeDefaultPlans(directory);
  const engine = createEngine({
    timers,
    onDecision: (decision) => publish(THROTTLE_DATA_TOPIC, decisionMessage(decision)),
  });
  const deployer = log('org.wso2.carbon.event.processor.core.EventProcessorDeployer');
  const plans = await planDirectory({ directory, engine, timers, log: deployer });

  return {
    receive: (event) => {
      if (isOfStream(event, THROTTLE_REQUEST)) engine.accept(event.payload);
      else if (PASSED_ON.includes(event.stream)) publish(THROTTLE_DATA_TOPIC, republishedMessage(event));
      else return false;
      return true;
    },
    service: eventProcessorAdmin(plans, onNotSimulated),
    close: () => {
      plans.close();
      engine.close();
    },
  };
};
