import { z } from 'zod';
import { VERSION_FACTS, type Version } from '../product/versions.ts';
import { expectStatus, parseAnswer } from './answers.ts';
import { expectThat } from './hops.ts';
import { basic, form, type HttpAnswer, type HttpClient } from './http-client.ts';

/** A registered OAuth2 client. */
export type Client = { readonly id: string; readonly secret: string };

const registrationSchema = z.object({ clientId: z.string(), clientSecret: z.string() });

const tokenSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
  token_type: z.string(),
  expires_in: z.number(),
});
export type Token = z.output<typeof tokenSchema>;

const errorSchema = z.object({ error: z.string() });
const introspectionSchema = z.object({ active: z.boolean() });

/** Where the registered client wants its codes; nobody listens there, the redirect is read and not followed. */
export const CALLBACK = 'https://localhost/callback';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Registers a client by DCR (wire.md 1.1); registering it again yields the same one. */
export const register = async (
  http: HttpClient,
  origin: string,
  version: Version,
  user: { readonly username: string; readonly password: string },
  clientName: string,
): Promise<Client> => {
  const answer = await http({
    url: origin + VERSION_FACTS[version].dcrPath,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: basic(user.username, user.password) },
    body: JSON.stringify({
      clientName,
      owner: user.username,
      callbackUrl: CALLBACK,
      grantType: 'client_credentials password refresh_token authorization_code',
      saasApp: true,
    }),
  });
  expectStatus(answer, 200);
  const { clientId, clientSecret } = parseAnswer(registrationSchema, answer);
  return { id: clientId, secret: clientSecret };
};

/** Asks a token endpoint. */
export const askToken = (http: HttpClient, url: string, client: Client, fields: Readonly<Record<string, string>>) =>
  http({
    url,
    method: 'POST',
    headers: { ...FORM, Authorization: basic(client.id, client.secret) },
    body: form(fields),
  });

/** The token of a successful answer (wire.md 1.3). */
export const tokenOf = (answer: HttpAnswer): Token => {
  expectStatus(answer, 200);
  return parseAnswer(tokenSchema, answer);
};

/** Expects an OAuth2 error (wire.md 1.6) and says what came. */
export const expectOAuthError = (answer: HttpAnswer, status: number, error: string): string => {
  expectStatus(answer, status);
  const found = parseAnswer(errorSchema, answer).error;
  expectThat(found === error, `error ${error}`, found);
  return `${status} ${error}`;
};

/** Whether the Key Manager calls a token active (wire.md 1.7). */
export const introspect = async (
  http: HttpClient,
  url: string,
  user: { readonly username: string; readonly password: string },
  token: string,
): Promise<boolean> => {
  const answer = await http({
    url,
    method: 'POST',
    headers: { ...FORM, Authorization: basic(user.username, user.password) },
    body: form({ token }),
  });
  expectStatus(answer, 200);
  return parseAnswer(introspectionSchema, answer).active;
};

/** Revokes a token (wire.md 1.7). */
export const revoke = async (http: HttpClient, url: string, client: Client, token: string): Promise<void> => {
  const answer = await askToken(http, url, client, { token });
  expectStatus(answer, 200);
};
