import type { CarbonContext } from '../carbon/context.ts';
import { THROTTLE_REQUEST } from '../databridge/streams.ts';
import type { Throttle } from '../mediation/admission.ts';
import { throttledRequestOf } from '../mediation/throttled-request-of.ts';
import { checkThrottling, type ThrottlingHolders } from '../throttling/gateway/check-throttling.ts';
import { throttleEvent } from '../throttling/gateway/throttle-event.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import { throttlingFaultAnswer } from './throttling-fault-answer.ts';

/**
 * Checks each admitted call against what the Traffic Managers decided, and tells them of those that pass: only accepted
 * requests are counted (wire.md 5.3).
 */
export const throttleCalls = (
  { version, configuration }: CarbonContext,
  holders: ThrottlingHolders,
  publisher: EventPublisher,
): Throttle => {
  const isOn = (what: string): boolean => configuration.optionalFlag(`apim.throttling.enable_${what}`) ?? false;
  const options = {
    version,
    withHeaders: isOn('header_based_throttling'),
    withQuery: isOn('query_param_based_throttling'),
    withJwtClaims: isOn('jwt_claim_based_throttling'),
  };
  const publishes = isOn('data_publishing');
  return (call, admitted) => {
    const request = throttledRequestOf(call, admitted);
    const verdict = checkThrottling(request, holders, Date.now());
    if (!verdict.allowed) return throttlingFaultAnswer(verdict.reason, verdict.until, call.headers);
    if (publishes && verdict.publish) {
      for (const resource of request.resources) {
        publisher.publish(THROTTLE_REQUEST, throttleEvent(request, resource, options));
      }
    }
    return undefined;
  };
};
