/** One answered request. */
export type Access = {
  readonly time: Date;
  readonly remoteAddress: string;
  readonly method: string;
  /** As requested, with its query. */
  readonly target: string;
  readonly httpVersion: string;
  readonly status: number;
  /** Bytes of the answer's body. */
  readonly bytes: number;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line of `http_access_.log` in the common log format; times are in UTC, so that nodes can be compared. */
export const accessLine = (access: Access): string => {
  const request = `"${access.method} ${quoted(access.target)} HTTP/${access.httpVersion}"`;
  return `${access.remoteAddress} - - [${commonTime(access.time)}] ${request} ${access.status} ${access.bytes || '-'}`;
};

const commonTime = (time: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [two(time.getUTCDate()), MONTHS[time.getUTCMonth()], time.getUTCFullYear()].join('/');
  return `${day}:${[time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(':')} +0000`;
};

/** A quote in a path must not end the field. */
const quoted = (target: string): string => target.replaceAll('"', '%22');
