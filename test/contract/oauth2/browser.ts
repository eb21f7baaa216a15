import type { KeyManager, Reply } from './key-manager.ts';

/** Reads the address of a redirect; fails the test where the reply is none. */
export const redirectOf = (reply: Reply): URL => {
  const location = reply.headers.get('location');
  if (reply.status !== 302 || location === null) throw new Error(`no redirect but ${reply.status}: ${reply.text}`);
  return new URL(location, 'https://here');
};

export type Login = { readonly username: string; readonly password: string };

export const ADMIN: Login = { username: 'admin', password: 'admin' };

const pathOf = ({ pathname, search }: URL): string => `${pathname}${search}`;

/** The hidden field of a log-in page. */
export const sessionDataKeyIn = (page: string): string => {
  const key = /name="sessionDataKey" value="([^"]+)"/.exec(page)?.[1];
  if (key === undefined) throw new Error(`no log-in form in ${page}`);
  return key;
};

/** `GET /oauth2/authorize`, as far as the log-in page. @returns the sessionDataKey of its form */
export const openLogin = async (km: KeyManager, query: URLSearchParams): Promise<string> => {
  const page = redirectOf(await km.request(`/oauth2/authorize?${query}`));
  return sessionDataKeyIn((await km.request(pathOf(page))).text);
};

/** What the form of the log-in page sends. */
export const sendLogin = (km: KeyManager, sessionDataKey: string, login: Login): Promise<Reply> =>
  km.request('/commonauth', { form: { ...login, sessionDataKey } });

/** A browser's way from a client's request to the client's callback. @returns the callback with its parameters */
export const logIn = async (km: KeyManager, query: URLSearchParams, login: Login = ADMIN): Promise<URL> => {
  const back = redirectOf(await sendLogin(km, await openLogin(km, query), login));
  return redirectOf(await km.request(pathOf(back)));
};
