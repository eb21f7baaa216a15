/** Units a throttling policy may be given in (wire.md 5.4). */
export const POLICY_TIME_UNITS = ['min', 'hour', 'day', 'month', 'year'] as const;

export type PolicyTimeUnit = (typeof POLICY_TIME_UNITS)[number];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Fixed lengths of Siddhi 3, the engine of all 3.x versions: a month of 30.44 and a year of 365.24 days, no calendar. */
const MONTH = 2_630_000_000;
const YEAR = 31_556_900_000;

/** Milliseconds of a unit by every name Siddhi has for it. */
export const TIME_UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    millisecond: 1,
    milliseconds: 1,
    millisec: 1,
    sec: SECOND,
    second: SECOND,
    seconds: SECOND,
    min: MINUTE,
    minute: MINUTE,
    minutes: MINUTE,
    hour: HOUR,
    hours: HOUR,
    day: DAY,
    days: DAY,
    week: 7 * DAY,
    weeks: 7 * DAY,
    month: MONTH,
    months: MONTH,
    year: YEAR,
    years: YEAR,
  }),
);
