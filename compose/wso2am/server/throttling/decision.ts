import { boolean, long, type MapMessage, mapMessage, string } from '../../../../lab/product/map-message/map-message.ts';

/** The topic of decisions, blocking conditions and key templates (wire.md 5.7). */
export const THROTTLE_DATA_TOPIC = 'throttleData';

/** What a Traffic Manager tells every gateway on topic `throttleData` (wire.md 5.9). */
export type Decision = {
  readonly throttleKey: string;
  readonly isThrottled: boolean;
  /** End of the window, epoch milliseconds. */
  readonly expiryTimeStamp: number;
  /** Base64 of a JSON list of conditions; of resource plans only. */
  readonly evaluatedConditions?: string;
};

/** The message that carries a decision. */
export const decisionMessage = (decision: Decision): MapMessage => {
  const { throttleKey, isThrottled, expiryTimeStamp, evaluatedConditions } = decision;
  return mapMessage({
    throttleKey: string(throttleKey),
    isThrottled: boolean(isThrottled),
    expiryTimeStamp: long(expiryTimeStamp),
    ...(evaluatedConditions !== undefined && { evaluatedConditions: string(evaluatedConditions) }),
  });
};
