import { z } from 'zod';
import { ipNumber } from '../ip-number.ts';
import type { ThrottledRequest } from './throttled-request.ts';

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text);
  } catch {
    context.addIssue(`${text} is no pattern`);
    return z.NEVER;
  }
});
const address = z.union([z.number(), z.string()]).transform((value) => BigInt(value));
const values = z.object({ invert: z.boolean(), values: z.record(z.string(), pattern) });

/** One group of conditions as decisions carry it; all that are there must hold. Names of carbon-apimgt, 3.x. */
const groupSchema = z.object({
  ipspecific: z.object({ specificIp: address, invert: z.boolean() }).optional(),
  iprange: z.object({ startingIp: address, endingIp: address, invert: z.boolean() }).optional(),
  header: values.optional(),
  queryparametertype: values.optional(),
  jwtclaims: values.optional(),
});

const listSchema = z.array(groupSchema);

/** What `evaluatedConditions` says; every group is for itself. */
export type ConditionList = z.output<typeof listSchema>;

type Group = ConditionList[number];

/** Reads `evaluatedConditions` of a decision (wire.md 5.9); undefined for a text that is none. */
export const readConditionList = (base64: string): ConditionList | undefined => {
  try {
    return listSchema.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch {
    return undefined;
  }
};

/** Whether one of the groups fits the request. */
export const anyGroupFits = (list: ConditionList, request: ThrottledRequest): boolean =>
  list.some((group) => groupFits(group, request));

const groupFits = (group: Group, request: ThrottledRequest): boolean => {
  const { ipspecific, iprange, header, queryparametertype, jwtclaims } = group;
  const ip = ipNumber(request.clientIp);
  const lowerCase = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const results = [
    ipspecific && (ip === ipspecific.specificIp) !== ipspecific.invert,
    iprange && (ip !== undefined && iprange.startingIp <= ip && ip <= iprange.endingIp) !== iprange.invert,
    header && found(header, (name) => lowerCase[name.toLowerCase()]),
    queryparametertype && found(queryparametertype, (name) => request.query[name]),
    jwtclaims && found(jwtclaims, (name) => request.jwtClaims[name]),
  ].filter((result) => result !== undefined);
  return results.length > 0 && results.every(Boolean);
};

const found = (condition: z.output<typeof values>, read: (name: string) => string | undefined): boolean =>
  Object.entries(condition.values).every(([name, regexp]) => {
    const value = read(name);
    return value !== undefined && regexp.test(value);
  }) !== condition.invert;
