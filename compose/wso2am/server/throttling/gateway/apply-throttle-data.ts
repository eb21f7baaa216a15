import { z } from 'zod';
import { type MapMessage, plainValues } from '../../../../../lab/product/map-message/map-message.ts';
import type { ThrottlingHolders } from './check-throttling.ts';

/** A number, or the text of one: the product reads what it gets as text first. */
const time = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => value === true || value === 'true');

const decisionSchema = z.object({
  throttleKey: z.string(),
  isThrottled: flag,
  expiryTimeStamp: time,
  evaluatedConditions: z.string().nullish(),
});

const keyTemplateSchema = z.object({ keyTemplateValue: z.string(), keyTemplateState: z.string() });

/** What a message of topic `throttleData` turned out to be. */
export type ThrottleDataKind = 'decision' | 'blocking' | 'keyTemplate' | 'unknown';

/**
 * Takes a map message of topic `throttleData` to heart; which kind it is shows in the keys it has (wire.md 5.7, 5.9).
 * @throws z.ZodError for a message that lacks something
 */
export const applyThrottleData = (
  received: MapMessage,
  { decisions, blockingConditions, keyTemplates }: ThrottlingHolders,
): ThrottleDataKind => {
  const message = plainValues(received);
  if (message.throttleKey !== undefined) {
    const { evaluatedConditions, ...decision } = decisionSchema.parse(message);
    decisions.apply({ ...decision, ...(typeof evaluatedConditions === 'string' && { evaluatedConditions }) });
    return 'decision';
  }
  if (message.blockingCondition !== undefined) {
    blockingConditions.apply(message);
    return 'blocking';
  }
  if (message.keyTemplateValue !== undefined) {
    keyTemplates.apply(keyTemplateSchema.parse(message));
    return 'keyTemplate';
  }
  return 'unknown';
};
