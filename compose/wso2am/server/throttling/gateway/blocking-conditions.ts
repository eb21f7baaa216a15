import { z } from 'zod';
import { type BlockedAddress, blockedAddressSchema, blocksAddress } from './blocked-address.ts';
import { apiKey } from './throttle-keys.ts';
import type { ThrottledRequest } from './throttled-request.ts';

const strings = z.array(z.string()).default([]);

/** What `GET /block` answers (wire.md 5.11): addresses are texts in 3.0.0 and objects from 3.1.0 on. */
const bootSchema = z.object({
  api: strings,
  application: strings,
  user: strings,
  subscription: strings,
  ip: z.array(z.union([z.string(), blockedAddressSchema])).default([]),
});

/** An event of the topic (wire.md 5.9); from 3.1.0 on with an id. */
const eventSchema = z.object({
  id: z.number().optional(),
  blockingCondition: z.string(),
  conditionValue: z.string(),
  state: z.string(),
  tenantDomain: z.string().default('carbon.super'),
});

export type BlockingConditions = {
  /** Adds what `GET /block` answered. @throws z.ZodError for an answer of another form */
  load(answer: unknown): void;
  /** An event of topic `throttleData`: state `true` blocks, any other no longer does. @throws z.ZodError */
  apply(event: unknown): void;
  blocks(request: ThrottledRequest): boolean;
};

/** Kinds of conditions that are one text each, by what a request has for them. */
const TEXT_KINDS: Readonly<Record<string, (request: ThrottledRequest) => string>> = {
  API: ({ apiContext }) => apiContext,
  APPLICATION: ({ application }) => `${application.subscriber}:${application.name}`,
  USER: ({ user }) => user,
  /** New in 3.2.0. */
  SUBSCRIPTION: (request) => {
    const { application, keyType } = request;
    return `${apiKey(request)}:${application.subscriber}-${application.name}:${keyType}`;
  },
  /** 3.0.0 only: `<tenant>:<address>`. */
  IP: ({ apiTenant, clientIp }) => `${apiTenant}:${clientIp}`,
};

const ADDRESS_KINDS: readonly string[] = ['IP', 'IPRANGE'];

/** Who is not let in at all (wire.md 5.10, 5.11). Understands the forms of all versions at once. */
export const createBlockingConditions = (): BlockingConditions => {
  const texts = new Map(Object.keys(TEXT_KINDS).map((kind) => [kind, new Set<string>()]));
  const addresses = new Map<number, BlockedAddress>();

  const addAll = (kind: string, values: readonly string[]): void => {
    for (const value of values) texts.get(kind)?.add(value);
  };

  return {
    load: (answer) => {
      const { api, application, user, subscription, ip } = bootSchema.parse(answer);
      addAll('API', api);
      addAll('APPLICATION', application);
      addAll('USER', user);
      addAll('SUBSCRIPTION', subscription);
      for (const each of ip) {
        if (typeof each === 'string') addAll('IP', [each]);
        else addresses.set(each.id, each);
      }
    },
    apply: (event) => {
      const { id, blockingCondition: kind, conditionValue, state, tenantDomain } = eventSchema.parse(event);
      const blocked = state === 'true';
      if (id !== undefined && ADDRESS_KINDS.includes(kind)) {
        if (!blocked) addresses.delete(id);
        else addresses.set(id, blockedAddressSchema.parse({ ...json(conditionValue), type: kind, tenantDomain, id }));
      } else if (blocked) {
        texts.get(kind)?.add(conditionValue);
      } else {
        texts.get(kind)?.delete(conditionValue);
      }
    },
    blocks: (request) => {
      for (const [kind, blocked] of texts) {
        // Keys are made only where there is something to find by them.
        if (blocked.size > 0 && blocked.has(TEXT_KINDS[kind]?.(request) ?? '')) return true;
      }
      for (const each of addresses.values()) if (blocksAddress(each, request)) return true;
      return false;
    },
  };
};

/** The text of a condition for addresses; one that is no JSON object leaves an address without its parts. */
const json = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
};
