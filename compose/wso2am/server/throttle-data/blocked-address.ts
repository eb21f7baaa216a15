import { z } from 'zod';

/** An address or a range as 3.1.0 and later list it (wire.md 5.11); what a kind does not have is null. */
export type BlockedAddress = {
  readonly type: 'IP' | 'IPRANGE';
  readonly fixedIp: string | null;
  readonly startingIp: string | null;
  readonly endingIp: string | null;
  readonly invert: boolean;
  readonly tenantDomain: string;
  readonly id: number;
};

const text = z.string().nullish();

const stored = z.object({ fixedIp: text, startingIp: text, endingIp: text, invert: z.boolean().default(false) });

/**
 * Reads the stored form of a condition for addresses: the JSON that 3.1.0 and later write, or the text of 3.0.0, an address
 * with its tenant in front, which a database that was migrated still has.
 */
export const blockedAddressOf = ({
  id,
  value,
  tenantDomain,
}: {
  readonly id: number;
  readonly value: string;
  readonly tenantDomain: string;
}): BlockedAddress => {
  const parsed = stored.safeParse(jsonOrNothing(value));
  const { fixedIp, startingIp, endingIp, invert } = parsed.success
    ? parsed.data
    : { fixedIp: value.startsWith(`${tenantDomain}:`) ? value.slice(tenantDomain.length + 1) : value, invert: false };
  return {
    type: fixedIp ? 'IP' : 'IPRANGE',
    fixedIp: fixedIp ?? null,
    startingIp: startingIp ?? null,
    endingIp: endingIp ?? null,
    invert,
    tenantDomain,
    id,
  };
};

const jsonOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
