import { isIP } from 'node:net';
import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { BlockingEvent } from './blocking-event.ts';

/** A condition under which gateways refuse every call. */
export type BlockingCondition = {
  readonly id: string;
  readonly rowId: number;
  readonly type: BlockingEvent['blockingCondition'];
  /** As stored and sent: an IP with its tenant in front, a user with it behind. */
  readonly value: string;
  readonly enabled: boolean;
};

const latin1 = /^[\x20-\x7e\xa0-\xff]+$/;
const value = z.string().trim().min(1).max(400).regex(latin1);

/**
 * The body of a new condition. Of the objects that 3.1 and 3.2 take for an IP only the text of a single address is simulated,
 * which all versions take.
 */
export const blockingConditionBody = z.discriminatedUnion('conditionType', [
  z.object({ conditionType: z.literal('API'), conditionValue: value.startsWith('/'), conditionStatus: status() }),
  z.object({
    conditionType: z.literal('APPLICATION'),
    conditionValue: value.regex(/^[^:]+:.+$/, 'should be <owner>:<application>'),
    conditionStatus: status(),
  }),
  z.object({
    conditionType: z.literal('IP'),
    conditionValue: value.refine((address) => isIP(address) !== 0, 'should be an IP address'),
    conditionStatus: status(),
  }),
  z.object({ conditionType: z.literal('USER'), conditionValue: value, conditionStatus: status() }),
]);

function status() {
  return z
    .boolean()
    .nullish()
    .transform((enabled) => enabled ?? true);
}

/** The stored form of a value (wire.md 5.11). */
export const storedValue = ({ conditionType, conditionValue }: z.infer<typeof blockingConditionBody>): string => {
  switch (conditionType) {
    case 'IP':
      return `${SUPER_TENANT_DOMAIN}:${conditionValue}`;
    case 'USER':
      return conditionValue.endsWith(`@${SUPER_TENANT_DOMAIN}`)
        ? conditionValue
        : `${conditionValue}@${SUPER_TENANT_DOMAIN}`;
    default:
      return conditionValue;
  }
};
