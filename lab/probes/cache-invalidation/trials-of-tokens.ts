import { Mismatch } from '../hops.ts';
import { revokeApiKey } from '../journey/api-keys.ts';
import { replaceSecret } from '../journey/subscribe.ts';
import { askToken, revoke, tokenOf } from '../oauth2-client.ts';
import type { Stage } from './stage.ts';
import type { Subject } from './subject.ts';
import type { Trial } from './trial.ts';

type Place = { readonly to: string; readonly origin: string };

/** The first gateway, which some changes go through. @throws Mismatch */
const firstOf = ({ gateways: [gateway] }: Stage): Place => {
  if (!gateway) throw new Mismatch('there is no gateway');
  return gateway;
};

const revokeAtKeyManager: Trial['act'] = async ({ session }, { application, token }) => {
  await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, application.client, token.access_token);
  return session.keyManager.node;
};

/** `/revoke` of gateways, which is a plain way to the Key Manager (wire.md 4.2). */
const revokeThrough = async (
  { to, origin }: Place,
  { session }: Stage,
  { application, token }: Subject,
): Promise<string> => {
  await revoke(session.http, `${origin}/revoke`, application.client, token.access_token);
  return to;
};

/** Gets another token by the refresh token; the one it came with goes out of use. */
const refresh = async (url: string, { session: { http } }: Stage, { application, token }: Subject): Promise<void> => {
  const { refresh_token } = token;
  if (refresh_token === undefined) throw new Mismatch('the user got no refresh token');
  tokenOf(await askToken(http, url, application.client, { grant_type: 'refresh_token', refresh_token }));
};

/** Tokens and keys that are taken back, on every path. */
export const TRIALS_OF_TOKENS: readonly Trial[] = [
  {
    name: 'token revoked at the Key Manager',
    invalidation: 'token revoked',
    tokenType: 'OAUTH',
    act: revokeAtKeyManager,
  },
  { name: 'JWT revoked at the Key Manager', invalidation: 'token revoked', tokenType: 'JWT', act: revokeAtKeyManager },
  {
    name: 'token revoked through a gateway',
    invalidation: 'token revoked',
    tokenType: 'OAUTH',
    act: (stage, subject) => revokeThrough(firstOf(stage), stage, subject),
  },
  {
    name: 'token revoked through the load balancer',
    invalidation: 'token revoked',
    tokenType: 'OAUTH',
    applies: ({ balancer }) => balancer !== undefined,
    act: (stage, subject) => revokeThrough(stage.balancer ?? firstOf(stage), stage, subject),
  },
  {
    name: 'API key revoked',
    invalidation: 'API key revoked',
    tokenType: 'OAUTH',
    shows: 'API key',
    applies: (_stage, version) => version !== '3.0.0',
    act: async ({ session }, { application, shown }) => {
      const key = typeof shown === 'string' ? undefined : shown.apikey;
      if (key === undefined) throw new Mismatch('the trial has no API key');
      await revokeApiKey(session, application.id, key);
      return session.portal.node;
    },
  },
  {
    name: 'refresh token revoked',
    invalidation: 'refresh token revoked',
    tokenType: 'OAUTH',
    ofUser: true,
    act: async ({ session }, { application, token: { refresh_token } }) => {
      if (refresh_token === undefined) throw new Mismatch('the user got no refresh token');
      await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, application.client, refresh_token);
      return session.keyManager.node;
    },
  },
  {
    name: 'token refreshed through a gateway',
    invalidation: 'token refreshed at a gateway',
    tokenType: 'OAUTH',
    ofUser: true,
    act: async (stage, subject) => {
      const { to, origin } = firstOf(stage);
      await refresh(`${origin}/token`, stage, subject);
      return to;
    },
  },
  {
    name: 'token refreshed at the Key Manager',
    invalidation: 'token refreshed at the Key Manager',
    tokenType: 'OAUTH',
    ofUser: true,
    act: async (stage, subject) => {
      const { node, origin } = stage.session.keyManager;
      await refresh(`${origin}/oauth2/token`, stage, subject);
      return node;
    },
  },
  {
    name: 'secret replaced',
    invalidation: 'secret replaced',
    tokenType: 'OAUTH',
    act: async ({ session }, { application }) => {
      await replaceSecret(session, application.id);
      return session.portal.node;
    },
  },
];
