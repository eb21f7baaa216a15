import { z } from 'zod';
import { ipNumber } from '../ip-number.ts';
import type { ThrottledRequest } from './throttled-request.ts';

const text = z.string().nullish();

/** A blocked address or range as 3.1.0 and later write it (wire.md 5.9, 5.11). */
export const blockedAddressSchema = z.object({
  id: z.number(),
  type: z.enum(['IP', 'IPRANGE']),
  tenantDomain: z.string(),
  fixedIp: text,
  startingIp: text,
  endingIp: text,
  invert: z.boolean().default(false),
});

export type BlockedAddress = z.output<typeof blockedAddressSchema>;

/** Whether the condition keeps the request out; inverted, it keeps out everybody else. */
export const blocksAddress = (condition: BlockedAddress, { apiTenant, clientIp }: ThrottledRequest): boolean => {
  if (condition.tenantDomain !== apiTenant) return false;
  const inside = condition.type === 'IP' ? clientIp === condition.fixedIp : isBetween(clientIp, condition);
  return inside !== condition.invert;
};

/** The product compares with "greater" and "less": the first and the last address of a range are not in it (3.2). */
const isBetween = (clientIp: string, { startingIp, endingIp }: BlockedAddress): boolean => {
  const [ip, start, end] = [clientIp, startingIp ?? '', endingIp ?? ''].map(ipNumber);
  return ip !== undefined && start !== undefined && end !== undefined && start < ip && ip < end;
};
