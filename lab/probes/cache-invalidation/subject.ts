import { randomBytes } from 'node:crypto';
import { basic } from '../http-client.ts';
import { apiKey } from '../journey/api-keys.ts';
import type { Shown } from '../journey/call-api.ts';
import { stageApplication } from '../journey/stage-api.ts';
import { type Application, applicationToken, subscribe } from '../journey/subscribe.ts';
import { addUser, deleteUser } from '../journey/users.ts';
import { askToken, type Token, tokenOf } from '../oauth2-client.ts';
import type { Undo } from '../undo.ts';
import type { Stage } from './stage.ts';
import type { Trial } from './trial.ts';

/** What one trial changes: an application with a subscription and a token, and for some trials the token's user. */
export type Subject = {
  readonly application: Application;
  readonly subscriptionId: string;
  readonly token: Token;
  /** `gone` says that the user need not be removed any more: a second removal would be a fault. */
  readonly user?: { readonly name: string; readonly gone: () => void };
  /** What gateways are shown: the token, or what the trial is about in its place. */
  readonly shown: Shown;
};

/** Makes what a trial needs, and gets the token from the Key Manager. @throws Mismatch, NoAnswer */
export const makeSubject = async (stage: Stage, trial: Trial, undo: Undo): Promise<Subject> => {
  const { session, api, prefix } = stage;
  // As long as the name of a user may be: thirty letters.
  const name = `${prefix}_${randomBytes(3).toString('hex')}`;
  const application = await stageApplication(session, undo, { name, policy: 'Unlimited', tokenType: trial.tokenType });
  // Before the token, which must be a new one: in 3.0 and 3.1 those that the application had when it subscribed are refused (wire.md 4.1).
  const wanted = { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' };
  const subscriptionId = await subscribe(session, wanted);
  const made = trial.ofUser && (await makeUser(stage, name, undo));
  const token = made
    ? await userToken(session, application, made.credentials)
    : await applicationToken(session, application);
  const shown = async (): Promise<Shown> => {
    if (trial.shows === 'API key') return { apikey: await apiKey(session, application.id) };
    if (trial.shows === 'password' && made)
      return { Authorization: basic(made.credentials.username, made.credentials.password) };
    return token.access_token;
  };
  return {
    application,
    subscriptionId,
    token,
    ...(made && { user: { name: made.credentials.username, gone: made.gone } }),
    shown: await shown(),
  };
};

/** A token of a user who is new, and so has no older one that gateways may be told to refuse. */
const userToken = async (
  { http, keyManager }: Stage['session'],
  { client }: Application,
  credentials: { readonly username: string; readonly password: string },
): Promise<Token> => {
  const fields = { grant_type: 'password', ...credentials };
  return tokenOf(await askToken(http, `${keyManager.origin}/oauth2/token`, client, fields));
};

const makeUser = async ({ admin, session }: Stage, username: string, undo: Undo) => {
  const credentials = { username, password: randomBytes(12).toString('hex') };
  await addUser(admin, username, credentials.password);
  const gone = undo.later(`user ${username}`, session.keyManager.node, () => deleteUser(admin, username));
  return { credentials, gone };
};
