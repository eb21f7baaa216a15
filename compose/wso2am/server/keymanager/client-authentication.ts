import { createHash, timingSafeEqual } from 'node:crypto';
import { basicCredentials } from '../carbon/basic-credentials.ts';
import type { Call } from '../carbon/web.ts';
import type { KeyManagerContext } from './context.ts';
import type { Form } from './form.ts';
import { OAuthError } from './oauth-error.ts';
import { findClient, type OAuthClient } from './stores/clients.ts';

/**
 * The client that calls: by Basic, or by `client_id` and `client_secret` in the form, not by both (wire.md 1.3).
 * @throws OAuthError where it is unknown, inactive, or its secret wrong
 */
export const authenticateClient = async (context: KeyManagerContext, call: Call, form: Form): Promise<OAuthClient> => {
  const { id, secret } = credentialsOf(call, form);
  const client = await findClient(context.database, id);
  if (!client) throw new OAuthError('unknownClient', id);
  if (!client.isActive) throw new OAuthError('inactiveClient');
  if (!isSame(secret, client.consumerSecret)) throw new OAuthError('clientAuthenticationFailed');
  return client;
};

type ClientCredentials = { readonly id: string; readonly secret: string };

const credentialsOf = (call: Call, form: Form): ClientCredentials => {
  const { authorization } = call.headers;
  const id = form.get('client_id');
  const secret = form.get('client_secret');
  const inForm = id !== undefined && secret !== undefined;
  if (authorization !== undefined && /^basic/i.test(authorization)) {
    if (inForm) throw new OAuthError('credentialsTwice');
    const credentials = basicCredentials(authorization);
    if (!credentials) throw new OAuthError('clientAuthenticationFailed');
    return { id: credentials.username, secret: credentials.password };
  }
  if (!inForm) throw new OAuthError('clientAuthenticationFailed');
  return { id, secret };
};

/** Compares without telling by its time how much was right, nor how long the other is. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
