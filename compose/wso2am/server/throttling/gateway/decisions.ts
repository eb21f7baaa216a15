import type { Decision } from '../decision.ts';
import { anyGroupFits, type ConditionList, readConditionList } from './condition-lists.ts';
import type { ThrottledRequest } from './throttled-request.ts';

/** What a gateway has been told by Traffic Managers; times are epoch milliseconds. */
export type Decisions = {
  apply(decision: Decision): void;
  /** When the key may be used again; undefined when it is not throttled. */
  throttledUntil(key: string, now: number): number | undefined;
  /** The same for an API or a resource: of its throttled conditions the one that fits the request counts. */
  resourceThrottledUntil(key: string, request: ThrottledRequest, now: number): number | undefined;
  /** How many keys are throttled, as far as is known: an entry that is over stays until somebody looks at it. */
  readonly size: number;
};

/** Keys of resources and of whole APIs; the version must stand at the end of the context too (wire.md 5.6). */
const RESOURCE = /^\/.*\/(.*)\/\1(.*)?:[A-Z]{0,5}_(condition_(\d*)|default)$/;
const API = /^\/.*\/(.*):\1_(condition_(\d*)|default)$/;

const SUFFIX = /_(?:condition_\d*|default)$/;

const DEFAULT = 'default';

/**
 * The decisions of a gateway (wire.md 5.6). Beside the keys themselves it marks every resource that has a throttled
 * condition, so that conditions are looked at only then. The mark goes with the first condition that is released, as in
 * the product; another one that is still throttled works again with the next decision for it.
 */
export const createDecisions = (): Decisions => {
  const expiries = new Map<string, number>();
  const marks = new Map<string, number>();
  const lists = new Map<string, Map<string, ConditionList>>();

  /** An entry that is over is dropped at the look that finds it so. */
  const unexpired = (times: Map<string, number>, key: string, now: number): number | undefined => {
    const expiry = times.get(key);
    if (expiry === undefined || expiry >= now) return expiry;
    times.delete(key);
    return undefined;
  };

  const mark = (key: string, condition: string, { expiryTimeStamp, evaluatedConditions }: Decision): void => {
    const list = evaluatedConditions === undefined ? undefined : readConditionList(evaluatedConditions);
    if (list) {
      const known = lists.get(key) ?? new Map<string, ConditionList>();
      lists.set(key, known.set(condition, known.get(condition) ?? list));
    }
    if (!marks.has(key)) marks.set(key, expiryTimeStamp);
  };

  const unmark = (key: string, condition: string): void => {
    marks.delete(key);
    const known = lists.get(key);
    known?.delete(condition);
    if (known?.size === 0) lists.delete(key);
  };

  return {
    apply: (decision) => {
      const { throttleKey, isThrottled, expiryTimeStamp } = decision;
      const parts = partsOf(throttleKey);
      if (isThrottled) {
        expiries.set(throttleKey, expiryTimeStamp);
        if (parts) mark(parts.key, parts.condition, decision);
      } else {
        expiries.delete(throttleKey);
        if (parts) unmark(parts.key, parts.condition);
      }
    },
    throttledUntil: (key, now) => unexpired(expiries, key, now),
    resourceThrottledUntil: (key, request, now) => {
      if (!marks.has(key)) return undefined;
      if (unexpired(marks, key, now) === undefined) {
        lists.delete(key);
        return undefined;
      }
      const condition = conditionFor(lists.get(key) ?? new Map(), request);
      return condition === undefined ? undefined : unexpired(expiries, `${key}_${condition}`, now);
    },
    get size() {
      return expiries.size;
    },
  };
};

const partsOf = (throttleKey: string): { readonly key: string; readonly condition: string } | undefined => {
  // The patterns look long at a long key; few keys end like this.
  if (!SUFFIX.test(throttleKey)) return undefined;
  const condition = RESOURCE.exec(throttleKey)?.[3] ?? API.exec(throttleKey)?.[2];
  return condition === undefined ? undefined : { key: throttleKey.slice(0, -condition.length - 1), condition };
};

/** A group that fits wins; the default is for requests that none of its groups fits. */
const conditionFor = (lists: ReadonlyMap<string, ConditionList>, request: ThrottledRequest): string | undefined => {
  for (const [condition, list] of lists) if (condition !== DEFAULT && anyGroupFits(list, request)) return condition;
  // Decisions of a plan that writes no conditions are those of the default alone.
  const others = lists.get(DEFAULT) ?? [];
  return anyGroupFits(others, request) ? undefined : DEFAULT;
};
