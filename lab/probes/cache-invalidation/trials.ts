import { randomBytes } from 'node:crypto';
import { expectStatus } from '../answers.ts';
import { Mismatch } from '../hops.ts';
import { openOperations } from '../journey/publish-api.ts';
import { deleteApplication } from '../journey/subscribe.ts';
import { changePassword, deleteUser, takeRole } from '../journey/users.ts';
import type { Subject } from './subject.ts';
import type { Trial } from './trial.ts';
import { TRIALS_OF_TOKENS } from './trials-of-tokens.ts';

const TRIALS_OF_SUBSCRIPTIONS: readonly Trial[] = [
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
];

/** @throws Mismatch */
const userOf = ({ user }: Subject): NonNullable<Subject['user']> => {
  if (user === undefined) throw new Mismatch('the trial has no user');
  return user;
};

const TRIALS_OF_USERS: readonly Trial[] = [
  {
    name: 'user deleted',
    invalidation: 'user deleted',
    tokenType: 'OAUTH',
    ofUser: true,
    act: async ({ session, admin }, subject) => {
      const { name, gone } = userOf(subject);
      await deleteUser(admin, name);
      gone();
      return session.keyManager.node;
    },
  },
  {
    name: 'roles of the user changed',
    invalidation: 'roles changed',
    tokenType: 'OAUTH',
    ofUser: true,
    spares: true,
    act: async ({ session, admin }, subject) => {
      await takeRole(admin, userOf(subject).name);
      return session.keyManager.node;
    },
  },
  {
    name: 'password of the user changed',
    invalidation: 'password changed',
    tokenType: 'OAUTH',
    ofUser: true,
    shows: 'password',
    act: async ({ session, admin }, subject) => {
      await changePassword(admin, userOf(subject).name, randomBytes(12).toString('hex'));
      return session.keyManager.node;
    },
  },
];

/** Every change of wire.md 4.2 that a client of the product can make. The last one changes the API for all. */
export const TRIALS: readonly Trial[] = [
  ...TRIALS_OF_TOKENS,
  ...TRIALS_OF_SUBSCRIPTIONS,
  ...TRIALS_OF_USERS,
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
