import { expectThat, Mismatch } from './hops.ts';
import { form, type HttpAnswer, type HttpClient } from './http-client.ts';
import type { Client } from './oauth2-client.ts';

/** Redirects of a log-in before something goes in circles: to the form, to authorize again, to the client. */
const MOST_REDIRECTS = 5;

export type LogIn = {
  /** Servlet port of one Key Manager: it keeps the log-in in its memory until it is over (wire.md 10). */
  readonly origin: string;
  readonly client: Client;
  readonly callback: string;
  readonly user: { readonly username: string; readonly password: string };
  readonly scope: string;
};

/** Logs a user in as a browser would (wire.md 7.4) and yields the authorization code that the client gets. */
export const authorizationCode = async (http: HttpClient, logIn: LogIn): Promise<string> => {
  const { origin, client, callback, user, scope } = logIn;
  const query = form({ response_type: 'code', client_id: client.id, redirect_uri: callback, scope });
  const asked = await http({ url: `${origin}/oauth2/authorize?${query}` });
  const sessionDataKey = parameterOf(asked, 'sessionDataKey');
  let answer = await http({
    url: `${origin}/commonauth`,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form({ ...user, sessionDataKey }),
  });
  const cookie = (answer.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
  for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
    const location = locationOf(answer);
    if (location.href.startsWith(callback)) return parameterOf(answer, 'code');
    // The node names itself by its host name in the lab; the host reaches it by its port.
    answer = await http({ url: origin + location.pathname + location.search, headers: { Cookie: cookie } });
  }
  throw new Mismatch(`no code after ${MOST_REDIRECTS} redirects, last to ${locationOf(answer).pathname}`);
};

const locationOf = ({ status, headers }: HttpAnswer): URL => {
  expectThat(status === 302 && headers.location !== undefined, 'a redirect', String(status));
  return new URL(headers.location ?? '', 'https://localhost');
};

const parameterOf = (answer: HttpAnswer, name: string): string => {
  const location = locationOf(answer);
  const value = location.searchParams.get(name);
  if (value === null) throw new Mismatch(`no ${name} in the redirect to ${location.pathname}${location.search}`);
  return value;
};
