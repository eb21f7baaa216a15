import { isIP } from 'node:net';
import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { BlockingEvent } from './blocking-event.ts';

/** A condition under which gateways refuse every call. */
export type BlockingCondition = {
  readonly id: string;
  readonly rowId: number;
  readonly type: BlockingEvent['blockingCondition'];
  /** As stored and sent (wire.md 5.9): a user with the tenant behind; addresses as JSON, in 3.0.0 with the tenant in front. */
  readonly value: string;
  readonly enabled: boolean;
};

const latin1 = /^[\x20-\x7e\xa0-\xff]+$/;
const value = z.string().trim().min(1).max(400).regex(latin1);
const address = z.string().refine((text) => isIP(text) !== 0, 'should be an IP address');
const invert = z.boolean().default(false);

const common = () => ({
  conditionStatus: z
    .boolean()
    .nullish()
    .transform((enabled) => enabled ?? true),
});

const conditionOf = <T extends BlockingCondition['type'], V extends z.ZodType<string>>(type: T, stored: V) =>
  z.object({ conditionType: z.literal(type), conditionValue: stored, ...common() });

/** Conditions of all versions; the value comes out in its stored form. */
const TEXTS = [
  conditionOf('API', value.startsWith('/')),
  conditionOf('APPLICATION', value.regex(/^[^:]+:.+$/, 'should be <owner>:<application>')),
  conditionOf(
    'USER',
    value.transform((user) => (user.endsWith(`@${SUPER_TENANT_DOMAIN}`) ? user : `${user}@${SUPER_TENANT_DOMAIN}`)),
  ),
] as const;

const addressText = conditionOf(
  'IP',
  address.transform((text) => `${SUPER_TENANT_DOMAIN}:${text}`),
);

/** Since 3.1.0 an object; a bare address, as 3.0.0 takes it, is understood too. */
const addressObject = conditionOf(
  'IP',
  z
    .union([address.transform((fixedIp) => ({ fixedIp, invert: false })), z.object({ fixedIp: address, invert })])
    .transform((asked) => JSON.stringify(asked)),
);

const range = conditionOf(
  'IPRANGE',
  z
    .object({ startingIp: address, endingIp: address, invert })
    .refine(({ startingIp, endingIp }) => isIP(startingIp) === isIP(endingIp), 'should be two addresses of one family')
    .transform((asked) => JSON.stringify(asked)),
);

/** New in 3.2.0; an application without its API is blocked by `APPLICATION`. */
const subscription = conditionOf(
  'SUBSCRIPTION',
  value.regex(
    /^\/[^:]*:[^:]+:[^:]+-[^:]+:(?:PRODUCTION|SANDBOX)$/,
    'should be <context>:<version>:<owner>-<application>:<key type>',
  ),
);

const ADDRESSES_AS_TEXT = z.discriminatedUnion('conditionType', [...TEXTS, addressText]);
const ADDRESSES_AS_OBJECT = z.discriminatedUnion('conditionType', [...TEXTS, addressObject, range]);
const SUBSCRIPTIONS_TOO = z.discriminatedUnion('conditionType', [...TEXTS, addressObject, range, subscription]);

const BODIES = {
  '3.0.0': ADDRESSES_AS_TEXT,
  '3.1.0': ADDRESSES_AS_OBJECT,
  '3.2.0': SUBSCRIPTIONS_TOO,
} as const;

/** The body of a new condition; its value comes out as it is stored (wire.md 5.9, 5.11). */
export const blockingConditionBody = (version: Version) => BODIES[version];

const storedAddress = z.record(z.string(), z.union([z.string(), z.boolean()]));

/** The value as the REST API shows it. A database that comes from 3.0.0 may have addresses in its form. */
export const shownValue = ({ type, value: stored }: Pick<BlockingCondition, 'type' | 'value'>): unknown => {
  if (type !== 'IP' && type !== 'IPRANGE') return stored;
  return stored.startsWith('{') ? storedAddress.parse(JSON.parse(stored)) : stored.slice(stored.indexOf(':') + 1);
};
