import type { IncomingHttpHeaders } from 'node:http';

/** The value of a cookie that a client sent; undefined where it sent none, or an empty one. */
export const requestCookie = ({ cookie = '' }: IncomingHttpHeaders, name: string): string | undefined => {
  for (const pair of cookie.split(';')) {
    const separator = pair.indexOf('=');
    if (separator !== -1 && pair.slice(0, separator).trim() === name) {
      return pair.slice(separator + 1).trim() || undefined;
    }
  }
  return undefined;
};
