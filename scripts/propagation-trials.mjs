// Changes of which every gateway must learn, each with what it takes to make one and to see it learnt: the mechanisms of
// docs/fidelity.md one by one. A trial prepares a credential that all gateways have cached, makes the change, and yields what to
// watch from the answer on.
import { randomBytes } from 'node:crypto';

const refused = (status) => status !== 200;
const bearer = (token) => ({ Authorization: `Bearer ${token}` });

const newUser = async ({ admin, addUser }) => {
  const user = { username: `mallory${randomBytes(4).toString('hex')}`, password: 'secret1' };
  await addUser(admin, user.username, user.password);
  return user;
};

const userToken = async ({ session, application, askToken, tokenOf }, user) => {
  const fields = { grant_type: 'password', ...user };
  return tokenOf(await askToken(session.http, `${session.keyManager.origin}/oauth2/token`, application.client, fields));
};

const tokenRevoked = async (stage) => {
  const { session, revoke, application, warm } = stage;
  const { access_token: token } = await stage.applicationToken(session, application);
  await warm(bearer(token));
  await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, application.client, token);
  return { headers: bearer(token), hasLearnt: refused };
};

const userDeleted = async (stage) => {
  const user = await newUser(stage);
  const { access_token: token } = await userToken(stage, user);
  await stage.warm(bearer(token));
  await stage.deleteUser(stage.admin, user.username);
  return { headers: bearer(token), hasLearnt: refused };
};

const passwordChanged = async (stage) => {
  const { username, password } = await newUser(stage);
  const headers = { Authorization: stage.basic(username, password) };
  await stage.warm(headers);
  await stage.changePassword(stage.admin, username, 'secret2');
  return { headers, hasLearnt: refused };
};

/** Opens the resource to all at one time, closes it at the next. */
const resourceChanged = async (stage, round) => {
  const { publisher } = stage.session;
  const opens = round % 2 === 0;
  for (const url of stage.urls) await stage.status(url, {});
  const { body } = await publisher.send('GET', `/apis/${stage.api.id}`);
  const api = JSON.parse(body);
  const authType = opens ? 'None' : 'Application & Application User';
  const operations = api.operations.map((operation) => ({ ...operation, authType }));
  const answer = await publisher.send('PUT', `/apis/${stage.api.id}`, { ...api, operations });
  if (answer.status !== 200) throw new Error(`the API was answered with ${answer.status} ${answer.body}`);
  return { headers: {}, hasLearnt: (status) => (status === 200) === opens };
};

const tokenRefreshed = async (stage) => {
  const { session, urls, application, askToken, tokenOf } = stage;
  const { access_token: token, refresh_token } = await userToken(stage, await newUser(stage));
  await stage.warm(bearer(token));
  const fields = { grant_type: 'refresh_token', refresh_token };
  tokenOf(await askToken(session.http, `${new URL(urls[0]).origin}/token`, application.client, fields));
  return { headers: bearer(token), hasLearnt: refused };
};

/** A JWT is judged by the subscriptions in memory at every call. */
const subscriptionBlocked = async (stage, round) => {
  const { session, subscription } = stage;
  const blocks = round % 2 === 0;
  const headers = bearer(stage.jwt);
  for (const url of stage.urls) await stage.status(url, headers);
  const state = blocks ? 'block-subscription' : 'unblock-subscription';
  const query = `?subscriptionId=${subscription}${blocks ? '&blockState=BLOCKED' : ''}`;
  const answer = await session.publisher.send('POST', `/subscriptions/${state}${query}`);
  if (answer.status !== 200) throw new Error(`the subscription was answered with ${answer.status} ${answer.body}`);
  return { headers, hasLearnt: (status) => (status === 200) !== blocks };
};

/** A limit as the Admin API of the version takes it. */
const limitOf = (version, limit) =>
  version === '3.2.0' ? { type: 'REQUESTCOUNTLIMIT', requestCount: limit } : { type: 'RequestCountLimit', ...limit };

/** A quota for one call of each gateway and three more, in an hour, whose end few trials meet. */
const quotaSpent = async (stage, round) => {
  const { session, urls, status } = stage;
  const quota = urls.length + 3;
  const policyName = `Bench${randomBytes(4).toString('hex')}`;
  const defaultLimit = limitOf(stage.version, { requestCount: quota, unitTime: 1, timeUnit: 'hour' });
  const made = await session.admin.send('POST', '/throttling/policies/application', { policyName, defaultLimit });
  if (made.status !== 201) throw new Error(`the policy was answered with ${made.status} ${made.body}`);
  const { application } = await stage.subscriber(policyName, policyName, 'OAUTH');
  const { access_token: token } = await stage.applicationToken(session, application);
  await stage.warm(bearer(token));
  // Each gateway gets its turn to be the one that spends the rest.
  for (let calls = urls.length; calls < quota; calls += 1) await status(urls[round % urls.length], bearer(token));
  return { headers: bearer(token), hasLearnt: refused };
};

const [V30, V31, V32] = ['3.0.0', '3.1.0', '3.2.0'];

/**
 * `one`: one gateway is told, by design, and that one is measured. `toggles`: what one round changes the next one changes back.
 * `each`: shown for each gateway as well.
 */
export const TRIALS = [
  { what: 'topic tokenRevocation: token revoked', trial: tokenRevoked },
  { what: 'APIAuthenticationService: tokens of a deleted user', trial: userDeleted, only: [V30] },
  { what: 'APIAuthenticationService: changed password', trial: passwordChanged, only: [V30] },
  { what: 'APIAuthenticationService: resource changed', trial: resourceChanged, only: [V30], one: true, toggles: true },
  { what: 'topic cacheInvalidation: tokens of a deleted user', trial: userDeleted, only: [V31, V32] },
  { what: 'topic cacheInvalidation: changed password', trial: passwordChanged, only: [V31, V32] },
  { what: 'topic cacheInvalidation: resource changed', trial: resourceChanged, only: [V31], toggles: true },
  { what: 'topic notification: resource changed', trial: resourceChanged, only: [V32], toggles: true },
  { what: 'topic notification: subscription of a JWT blocked', trial: subscriptionBlocked, only: [V32], toggles: true },
  { what: 'header DeactivatedAccessToken: token refreshed', trial: tokenRefreshed, one: true },
  { what: 'topic throttleData: quota of an application spent', trial: quotaSpent, only: [V31, V32], each: true },
];
