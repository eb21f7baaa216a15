import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { expectStatus } from '../answers.ts';
import { askToken, type Client, type Token, tokenOf } from '../oauth2-client.ts';
import type { ProductSession } from './open-session.ts';

export type ApplicationSpec = {
  readonly name: string;
  /** Application policy: `10PerMin`. */
  readonly policy: string;
  readonly tokenType: 'OAUTH' | 'JWT';
};

/** An application with its production keys. */
export type Application = { readonly id: string; readonly client: Client };

const applicationSchema = z.object({ applicationId: z.string() });
const keysSchema = z.object({ consumerKey: z.string(), consumerSecret: z.string() });
const subscriptionSchema = z.object({ subscriptionId: z.string(), status: z.string() });

/** Creates an application and generates its production keys. @throws Mismatch, NoAnswer */
export const createApplication = async (session: ProductSession, spec: ApplicationSpec): Promise<Application> => {
  const id = await openApplication(session, spec);
  return { id, client: await generateKeys(session, id) };
};

/** Creates an application, which has no keys yet; yields its id. @throws Mismatch, NoAnswer */
export const openApplication = async (
  { portal }: ProductSession,
  { name, policy, tokenType }: ApplicationSpec,
): Promise<string> => {
  const body = { name, throttlingPolicy: policy, tokenType, description: 'made by the lab' };
  return (await portal.ask(applicationSchema, 201, 'POST', '/applications', body)).applicationId;
};

/** Generates the production keys of an application. @throws Mismatch, NoAnswer */
export const generateKeys = async ({ portal }: ProductSession, id: string): Promise<Client> => {
  const keys = await portal.ask(keysSchema, 200, 'POST', `/applications/${id}/generate-keys`, {
    keyType: 'PRODUCTION',
    grantTypesToBeSupported: ['client_credentials', 'password', 'refresh_token'],
    callbackUrl: '',
    validityTime: 3600,
  });
  return { id: keys.consumerKey, secret: keys.consumerSecret };
};

/** Replaces the secret of an application's production keys. @throws Mismatch, NoAnswer */
export const replaceSecret = async ({ portal }: ProductSession, id: string): Promise<void> =>
  expectStatus(await portal.send('POST', `/applications/${id}/keys/PRODUCTION/regenerate-secret`, {}), 200);

/** Subscribes an application to an API; yields the id of the subscription. @throws Mismatch, NoAnswer */
export const subscribe = async (
  { portal }: ProductSession,
  subscription: { readonly apiId: string; readonly applicationId: string; readonly throttlingPolicy: string },
): Promise<string> =>
  (await portal.ask(subscriptionSchema, 201, 'POST', '/subscriptions', subscription)).subscriptionId;

/**
 * A token of the application, from the Key Manager, and never one that it had before: gateways are told to refuse those when an
 * application is subscribed to something else (product-apim issue 9179), and may hear of it late. Another scope is another token
 * (wire.md 1.3). @throws Mismatch, NoAnswer
 */
export const applicationToken = async (
  { http, keyManager }: ProductSession,
  { client }: Application,
): Promise<Token> => {
  const fields = { grant_type: 'client_credentials', scope: `device_${randomBytes(4).toString('hex')}` };
  return tokenOf(await askToken(http, `${keyManager.origin}/oauth2/token`, client, fields));
};

/** Deletes an application with its subscriptions and keys. @throws Mismatch, NoAnswer */
export const deleteApplication = async ({ portal }: ProductSession, id: string): Promise<void> =>
  expectStatus(await portal.send('DELETE', `/applications/${id}`), 200);
