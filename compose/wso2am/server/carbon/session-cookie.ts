import type { IncomingHttpHeaders } from 'node:http';

const NAME = 'JSESSIONID';

/** The `Set-Cookie` value that hands a session to a client (wire.md 10, 11.3). */
export const sessionCookie = (id: string): string => `${NAME}=${id}; Path=/; Secure; HttpOnly`;

/** The session id a client sent, if any. A load balancer's route after a dot is not part of it. */
export const sessionIdOf = (headers: IncomingHttpHeaders): string | undefined => {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && value) return value.split('.', 1)[0];
  }
  return undefined;
};
