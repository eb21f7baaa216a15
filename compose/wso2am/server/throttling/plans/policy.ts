import type { PolicyTimeUnit } from '../siddhi/time-units.ts';

/** A throttling policy as the Publisher's node knows it; each becomes one or more execution plans (wire.md 5.4). */
export type Policy =
  | {
      readonly level: 'app' | 'sub';
      readonly tenant: string;
      readonly name: string;
      readonly quota: Quota;
    }
  | {
      readonly level: 'resource';
      readonly tenant: string;
      readonly name: string;
      /** For requests that no group of conditions fits. */
      readonly defaultQuota: Quota;
      readonly conditionGroups: readonly ConditionGroup[];
    }
  | {
      readonly level: 'global';
      readonly name: string;
      /** From `FROM RequestStream` to `INSERT ALL EVENTS into ResultStream;`, as administrators write it. */
      readonly siddhiQuery: string;
    };

/** How much within how long. */
export type Quota = Limit & { readonly unitTime: number; readonly timeUnit: PolicyTimeUnit };

type Limit =
  | { readonly type: 'requestCount'; readonly requestCount: number }
  | { readonly type: 'bandwidthVolume'; readonly dataAmount: number; readonly dataUnit: DataUnit };

export type DataUnit = 'KB' | 'MB';

/** Bytes of a unit. */
export const DATA_UNITS: Readonly<Record<DataUnit, number>> = { KB: 1024, MB: 1024 * 1024 };

/** Conditions that must all hold, and the quota of the requests for which they do. */
export type ConditionGroup = {
  /** The number in `condition_<n>`. */
  readonly id: number;
  readonly conditions: readonly Condition[];
  readonly quota: Quota;
};

export type Condition = { readonly invert: boolean } & (
  | { readonly type: 'ip'; readonly address: string }
  | { readonly type: 'ipRange'; readonly from: string; readonly to: string }
  /** Patterns by name; each must be found. */
  | { readonly type: 'header' | 'query' | 'jwtClaim'; readonly values: Readonly<Record<string, string>> }
);
