import type { IncomingHttpHeaders } from 'node:http';
import { requestCookie } from './request-cookie.ts';

const NAME = 'JSESSIONID';

/** The `Set-Cookie` value that hands a session to a client (wire.md 10, 11.3). */
export const sessionCookie = (id: string): string => `${NAME}=${id}; Path=/; Secure; HttpOnly`;

/** The session id a client sent, if any. A load balancer's route after a dot is not part of it. */
export const sessionIdOf = (headers: IncomingHttpHeaders): string | undefined =>
  requestCookie(headers, NAME)?.split('.', 1)[0];
