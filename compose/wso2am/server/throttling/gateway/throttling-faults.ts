/** What a gateway answers to a request it does not let through (wire.md 3.3). */
export type ThrottlingFault = {
  readonly code: number;
  readonly status: number;
  readonly message: string;
  readonly description: string;
};

const throttledOut = (code: number): ThrottlingFault => ({
  code,
  status: 429,
  message: 'Message throttled out',
  description: 'You have exceeded your quota',
});

export const THROTTLING_FAULTS = {
  api: throttledOut(900800),
  hardLimit: {
    code: 900801,
    status: 503,
    message: 'API Limit Reached',
    description: 'API not accepting requests',
  },
  resource: throttledOut(900802),
  application: throttledOut(900803),
  subscription: throttledOut(900804),
  blocked: {
    code: 900805,
    status: 403,
    message: 'Message blocked',
    description: 'You have been blocked from accessing the resource',
  },
  custom: throttledOut(900806),
  burst: throttledOut(900807),
} as const satisfies Record<string, ThrottlingFault>;

export type ThrottlingReason = keyof typeof THROTTLING_FAULTS;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `nextAccessTime` of a fault, e.g. `2020-Sep-13 12:27:00+0000 UTC`. @param time epoch milliseconds */
export const nextAccessTime = (time: number): string => {
  const date = new Date(time);
  const [, clock = ''] = date.toISOString().split(/[T.]/);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${date.getUTCFullYear()}-${MONTHS[date.getUTCMonth()]}-${day} ${clock}+0000 UTC`;
};

/** Header `Retry-After`, in the form of an HTTP date. @param time epoch milliseconds */
export const retryAfter = (time: number): string => new Date(time).toUTCString();
