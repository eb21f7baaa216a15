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

const DEFAULT = 'default';

type ThrottledResource = { readonly until: number; readonly lists: ReadonlyMap<string, ConditionList> };

/** The decisions of a gateway (wire.md 5.6). */
export const createDecisions = (): Decisions => {
  const expiries = new Map<string, number>();
  const resources = new Map<string, ThrottledResource>();

  const throttledUntil = (key: string, now: number): number | undefined => {
    const expiry = expiries.get(key);
    if (expiry === undefined || expiry >= now) return expiry;
    expiries.delete(key);
    return undefined;
  };

  const markResource = ({ throttleKey, expiryTimeStamp, evaluatedConditions }: Decision): void => {
    const parts = partsOf(throttleKey);
    if (!parts) return;
    const known = resources.get(parts.key);
    const lists = new Map(known?.lists);
    const list = evaluatedConditions === undefined ? undefined : readConditionList(evaluatedConditions);
    if (list) lists.set(parts.condition, list);
    resources.set(parts.key, { until: Math.max(known?.until ?? 0, expiryTimeStamp), lists });
  };

  const unmarkResource = (throttleKey: string): void => {
    const parts = partsOf(throttleKey);
    const known = parts && resources.get(parts.key);
    if (!known) return;
    const lists = new Map(known.lists);
    lists.delete(parts.condition);
    if (lists.size === 0) resources.delete(parts.key);
    else resources.set(parts.key, { ...known, lists });
  };

  return {
    apply: (decision) => {
      if (decision.isThrottled) {
        expiries.set(decision.throttleKey, decision.expiryTimeStamp);
        markResource(decision);
      } else {
        expiries.delete(decision.throttleKey);
        unmarkResource(decision.throttleKey);
      }
    },
    throttledUntil,
    resourceThrottledUntil: (key, request, now) => {
      const resource = resources.get(key);
      if (!resource) return undefined;
      if (resource.until < now) {
        resources.delete(key);
        return undefined;
      }
      const condition = conditionFor(resource.lists, request);
      return condition === undefined ? undefined : throttledUntil(`${key}_${condition}`, now);
    },
    get size() {
      return expiries.size;
    },
  };
};

const partsOf = (throttleKey: string): { readonly key: string; readonly condition: string } | undefined => {
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
