import * as z from 'zod/mini';
import { ACTIVITY_ID } from '../../carbon/activity-id.ts';
import { KeyManagerError } from '../key-manager-error.ts';
import type { KeyManagerAddress } from '../key-validator.ts';
import { askKeyManager } from './ask-key-manager.ts';

/** What a Key Manager says of a token that is good (wire.md 1.7). */
export type IntrospectedToken = {
  readonly consumerKey: string;
  /** `admin@carbon.super`. */
  readonly user: string;
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds; undefined for a token that never expires. */
  readonly expiresAt: number | undefined;
};

const answerSchema = z.object({
  active: z.boolean(),
  client_id: z._default(z.string(), ''),
  username: z._default(z.string(), ''),
  scope: z._default(z.string(), ''),
  iat: z._default(z.number(), 0),
  exp: z.optional(z.number()),
});

/**
 * Asks a Key Manager for an opaque token: one POST to `/oauth2/introspect` with Basic, without a second attempt (wire.md 2.3).
 * @returns undefined for a token that is unknown, expired or revoked
 * @throws KeyManagerError
 */
export const introspectToken = async (
  { serviceUrl, username, password, agent, timeout }: KeyManagerAddress,
  token: string,
  activityId: string,
): Promise<IntrospectedToken | undefined> => {
  const said = await askKeyManager({
    // The OAuth2 endpoints lie beside the admin services.
    url: `${serviceUrl.split('/services', 1)[0]}/oauth2/introspect`,
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      [ACTIVITY_ID]: activityId,
    },
    body: new URLSearchParams({ token }).toString(),
    agent,
    timeout,
  });
  const answer = z.safeParse(answerSchema, said);
  if (!answer.success) throw new KeyManagerError('its answer is no introspection');
  const { active, client_id: consumerKey, username: user, scope, iat, exp } = answer.data;
  if (!active) return undefined;
  return {
    consumerKey,
    user,
    scopes: scope.split(' ').filter((each) => each !== ''),
    issuedAt: iat * 1000,
    expiresAt: exp === undefined ? undefined : exp * 1000,
  };
};
