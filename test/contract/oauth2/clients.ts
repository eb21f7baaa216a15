import { z } from 'zod';
import { VERSION_FACTS } from '../../../lab/product/versions.ts';
import type { KeyManager, Reply } from './key-manager.ts';

/** A registered OAuth2 client. */
export type Client = { readonly id: string; readonly secret: string; readonly basic: readonly [string, string] };

export const CALLBACK = 'https://app.lab/callback';

const EVERY_GRANT = 'client_credentials password refresh_token authorization_code';

let count = 0;

/** A name that no other test uses. */
export const uniqueName = (): string => {
  count += 1;
  return `app-${count}`;
};

export const register = (
  km: KeyManager,
  profile: Readonly<Record<string, unknown>>,
  basic: readonly [string, string] = ['admin', 'admin'],
): Promise<Reply> =>
  km.request(VERSION_FACTS[km.version].dcrPath, {
    basic,
    body: JSON.stringify(profile),
    headers: { 'Content-Type': 'application/json' },
  });

const credentials = z.object({ clientId: z.string(), clientSecret: z.string() });

/** Registers a client of the admin that may do everything, but for what the profile says otherwise. */
export const newClient = async (km: KeyManager, profile: Readonly<Record<string, unknown>> = {}): Promise<Client> => {
  const defaults = {
    clientName: uniqueName(),
    owner: 'admin',
    callbackUrl: CALLBACK,
    grantType: EVERY_GRANT,
    saasApp: true,
  };
  const reply = await register(km, { ...defaults, ...profile });
  const { clientId: id, clientSecret: secret } = credentials.parse(reply.json());
  return { id, secret, basic: [id, secret] };
};

/** `POST /oauth2/token`. */
export const requestToken = (km: KeyManager, client: Client, form: Readonly<Record<string, string>>): Promise<Reply> =>
  km.request('/oauth2/token', { basic: client.basic, form });

const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  scope: z.string(),
  expires_in: z.number(),
  id_token: z.string().optional(),
});

export type Tokens = z.infer<typeof tokens>;

/** The tokens of a request that has to succeed. */
export const tokensOf = async (reply: Reply | Promise<Reply>): Promise<Tokens> => tokens.parse((await reply).json());

export const clientCredentials = (km: KeyManager, client: Client, form: Readonly<Record<string, string>> = {}) =>
  tokensOf(requestToken(km, client, { grant_type: 'client_credentials', ...form }));

export const withPassword = (km: KeyManager, client: Client, form: Readonly<Record<string, string>> = {}) =>
  tokensOf(requestToken(km, client, { grant_type: 'password', username: 'admin', password: 'admin', ...form }));

export const refresh = (km: KeyManager, client: Client, token: string, form: Readonly<Record<string, string>> = {}) =>
  requestToken(km, client, { grant_type: 'refresh_token', refresh_token: token, ...form });

/** What introspection by the admin says. */
export const introspect = async (km: KeyManager, token: string): Promise<Record<string, unknown>> =>
  (await km.request('/oauth2/introspect', { basic: ['admin', 'admin'], form: { token } })).json();
