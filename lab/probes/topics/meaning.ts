import { z } from 'zod';
import type { Topic } from '../../product/topics.ts';
import type { TopicMessage } from './listen-to-topics.ts';

/** What kind of message it is; `throttleData` carries three, told apart by their keys (wire.md 5.7, 5.9). */
export type MessageKind =
  | 'decision'
  | 'blockingCondition'
  | 'keyTemplate'
  | 'revocation'
  | 'cacheInvalidation'
  | 'notification'
  | 'keyManager'
  | 'unknown';

export type Meaning = { readonly kind: MessageKind; readonly meaning: string };

/** A decision of the Traffic Manager (wire.md 5.9). */
export const decisionSchema = z.object({
  throttleKey: z.string(),
  isThrottled: z.boolean(),
  /** End of the window, epoch milliseconds. */
  expiryTimeStamp: z.number(),
});
export type ThrottleDecision = z.output<typeof decisionSchema>;

type Reader = (values: TopicMessage['values']) => Meaning | undefined;

const reader =
  <T>(kind: MessageKind, schema: z.ZodType<T>, words: (message: T) => string): Reader =>
  (values) => {
    const { data } = schema.safeParse(values);
    return data === undefined ? undefined : { kind, meaning: words(data) };
  };

const decision = reader('decision', decisionSchema, ({ throttleKey, isThrottled, expiryTimeStamp }) =>
  isThrottled
    ? `${subjectOf(throttleKey)} is throttled until ${new Date(expiryTimeStamp).toISOString()}`
    : `${subjectOf(throttleKey)} is released`,
);

const BLOCKING_STATES: Readonly<Record<string, string>> = {
  true: 'is blocked',
  false: 'is no longer blocked',
  delete: 'is no longer blocked, the condition is deleted',
};

const blockingCondition = reader(
  'blockingCondition',
  z.object({ blockingCondition: z.string(), conditionValue: z.string(), state: z.string() }),
  ({ blockingCondition: kind, conditionValue, state }) =>
    `${kind} ${conditionValue} ${BLOCKING_STATES[state] ?? `is ${state}`}`,
);

const keyTemplate = reader(
  'keyTemplate',
  z.object({ keyTemplateValue: z.string(), keyTemplateState: z.string() }),
  ({ keyTemplateValue, keyTemplateState }) => `key template ${keyTemplateValue}: ${keyTemplateState}`,
);

const revocation = reader(
  'revocation',
  z.object({ revokedToken: z.string() }),
  ({ revokedToken }) =>
    // Enough to tell it from others.
    `token ${revokedToken.length > 12 ? `${revokedToken.slice(0, 12)}…` : revokedToken} is revoked`,
);

const cacheInvalidation = reader(
  'cacheInvalidation',
  z.object({ type: z.string(), value: z.string() }),
  ({ type, value }) => `${type} forgets ${value}`,
);

const keyManager = reader(
  'keyManager',
  z.object({ action: z.string(), name: z.string(), enabled: z.boolean() }),
  ({ action, name, enabled }) => `key manager ${name}: ${action}, ${enabled ? 'enabled' : 'disabled'}`,
);

const notification = reader(
  'notification',
  z.object({ eventType: z.string(), event: z.string() }),
  ({ eventType, event }) => `${eventType}${namesIn(event)}`,
);

const READERS: Readonly<Record<Topic, readonly Reader[]>> = {
  throttleData: [decision, blockingCondition, keyTemplate],
  tokenRevocation: [revocation],
  cacheInvalidation: [cacheInvalidation],
  notification: [notification],
  keyManager: [keyManager],
};

/** What a message says, in words (wire.md 5.9). Pure. */
export const meaningOf = ({ topic, values, malformed }: TopicMessage): Meaning => {
  if (malformed !== undefined) return { kind: 'unknown', meaning: `cannot be read: ${malformed}` };
  for (const read of READERS[topic]) {
    const found = read(values);
    if (found) return found;
  }
  return {
    kind: 'unknown',
    meaning: `has none of the documented keys: ${Object.keys(values).join(', ') || 'it is empty'}`,
  };
};

/** What a throttle key counts (wire.md 5.3, 5.5). */
const subjectOf = (key: string): string => {
  if (/_(default|condition_\d+)$/.test(key)) return `${/:[A-Z]+_/.test(key) ? 'resource' : 'API'} ${key}`;
  if (/^\d+:\//.test(key)) return `subscription ${key}`;
  return /^\d+:/.test(key) ? `application ${key}` : `key ${key}`;
};

/** Fields of a notification's event that name what it is about (wire.md 5.9). */
const NAMES = ['apiName', 'apiVersion', 'applicationName', 'subscriptionId', 'policyName', 'consumerKey', 'apiStatus'];

/** Of an API that gateways have to fetch, or to forget. */
const savedApi = z.object({ apiId: z.string(), gatewayLabels: z.array(z.string()) });

const eventSchema = z.record(z.string(), z.unknown());

const namesIn = (base64: string): string => {
  const event = readEvent(base64);
  const saved = savedApi.safeParse(event);
  if (saved.success) return ` ${saved.data.apiId} for ${saved.data.gatewayLabels.join(', ')}`;
  return NAMES.flatMap((name) => (typeof event[name] === 'string' ? [` ${event[name]}`] : [])).join('');
};

const readEvent = (base64: string): Readonly<Record<string, unknown>> => {
  try {
    return eventSchema.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch {
    return {};
  }
};
