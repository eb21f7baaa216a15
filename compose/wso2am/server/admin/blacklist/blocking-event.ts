/**
 * What the Traffic Managers are told of a blocking condition: the payload of `org.wso2.blocking.request.stream` by name (wire.md
 * 5.10). 3.0.0 has no `id`.
 */
export type BlockingEvent = {
  /** `CONDITION_ID`. */
  readonly id: number;
  readonly blockingCondition: 'API' | 'APPLICATION' | 'IP' | 'IPRANGE' | 'SUBSCRIPTION' | 'USER';
  readonly conditionValue: string;
  /** `true` blocks, everything else lets go; `delete` since 3.1.0 (wire.md 5.9). */
  readonly state: 'true' | 'false' | 'delete';
  readonly tenantDomain: string;
};

/** Sends an event on its way; the condition is stored whatever becomes of it (wire.md 9.3). */
export type BlockingPublisher = (event: BlockingEvent) => Promise<void>;
