import type { Invalidation } from '../../product/invalidation.ts';
import { expectStatus } from '../answers.ts';
import { Mismatch } from '../hops.ts';
import { openOperations } from '../journey/publish-api.ts';
import { deleteApplication } from '../journey/subscribe.ts';
import { deleteUser } from '../journey/users.ts';
import { askToken, revoke, tokenOf } from '../oauth2-client.ts';
import type { Stage } from './stage.ts';
import type { Subject } from './subject.ts';

/** One change of which gateways must learn. */
export type Trial = {
  readonly name: string;
  readonly invalidation: Invalidation;
  readonly tokenType: 'OAUTH' | 'JWT';
  /** Whether the token is that of a user who is made for the trial. */
  readonly ofUser?: true;
  /** Whether the change lets calls without a token pass, instead of refusing those with one. */
  readonly opens?: true;
  /** Makes the change; resolves with the node that acknowledged it. @throws Mismatch, NoAnswer */
  act(stage: Stage, subject: Subject): Promise<string>;
};

const revokeAtKeyManager: Trial['act'] = async ({ session }, { application, token }) => {
  await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, application.client, token.access_token);
  return session.keyManager.node;
};

/** Every change of wire.md 4.2 that a client of the product can make. The last one changes the API for all. */
export const TRIALS: readonly Trial[] = [
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
    act: async ({ session, gateways: [gateway] }, { application, token }) => {
      if (!gateway) throw new Mismatch('there is no gateway');
      await revoke(session.http, `${gateway.origin}/revoke`, application.client, token.access_token);
      return gateway.to;
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
    act: async ({ session, gateways: [gateway] }, { application, token: { refresh_token } }) => {
      if (!gateway || refresh_token === undefined) throw new Mismatch('there is no gateway, or no refresh token');
      const fields = { grant_type: 'refresh_token', refresh_token };
      tokenOf(await askToken(session.http, `${gateway.origin}/token`, application.client, fields));
      return gateway.to;
    },
  },
  {
    name: 'subscription blocked',
    invalidation: 'subscription blocked',
    tokenType: 'OAUTH',
    act: async ({ session: { publisher } }, { subscriptionId }) => {
      const path = `/subscriptions/block-subscription?subscriptionId=${subscriptionId}&blockState=BLOCKED`;
      expectStatus(await publisher.send('POST', path), 200);
      return publisher.node;
    },
  },
  {
    name: 'subscription deleted',
    invalidation: 'subscription deleted',
    tokenType: 'OAUTH',
    act: async ({ session: { portal } }, { subscriptionId }) => {
      expectStatus(await portal.send('DELETE', `/subscriptions/${subscriptionId}`), 200);
      return portal.node;
    },
  },
  {
    name: 'application deleted',
    invalidation: 'application deleted',
    tokenType: 'OAUTH',
    act: async ({ session }, { application }) => {
      await deleteApplication(session, application.id);
      return session.portal.node;
    },
  },
  {
    name: 'user deleted',
    invalidation: 'user deleted',
    tokenType: 'OAUTH',
    ofUser: true,
    act: async ({ session, admin }, { user }) => {
      if (user === undefined) throw new Mismatch('the trial has no user');
      await deleteUser(admin, user.name);
      user.gone();
      return session.keyManager.node;
    },
  },
  {
    name: 'resource opened to all',
    invalidation: 'resource opened',
    tokenType: 'OAUTH',
    opens: true,
    act: async ({ session, api }) => {
      await openOperations(session, api.id);
      return session.publisher.node;
    },
  },
];
