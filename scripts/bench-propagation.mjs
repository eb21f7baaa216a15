#!/usr/bin/env node
// How long until every gateway of a lab refuses what it must: a quota that is spent, a token that is revoked, a user who is
// deleted; and how often one accepted what it should have refused by then. Resolution is one call, a few milliseconds.
// Prints median, 99th percentile and maximum in milliseconds; asserts nothing.
// Usage: node scripts/bench-propagation.mjs [--gateways N] [--trials N]
import { parseArgs } from 'node:util';
import { benchLab, openJourney, percentiles } from './bench-lab.mjs';

const { values } = parseArgs({
  options: { gateways: { type: 'string', default: '2' }, trials: { type: 'string', default: '20' } },
});
const [GATEWAYS, TRIALS] = [values.gateways, values.trials].map(Number);
/** Calls that a quota of the bench allows: one for each gateway, to know the token, and three. In an hour, whose end few trials meet. */
const QUOTA = GATEWAYS + 3;
/** Milliseconds after which a gateway counts as one that never refuses. */
const PATIENCE = 5_000;
const USERS = 'RemoteUserStoreManagerService';

// 3.1.0 has an Admin API for policies of the bench's own. The documentation gives its Portal no Traffic Manager to tell of changes.
const lab = benchLab(`bench-propagation-${GATEWAYS}`, {
  version: '3.1.0',
  nodes: [
    ...['key-manager', 'traffic-manager', 'publisher', 'developer-portal'].map((role) => `  - role: ${role}`),
    '    toml: |',
    '      [[apim.throttling.url_group]]',
    '      traffic_manager_urls = ["tcp://tm-1:9611"]',
    '      traffic_manager_auth_urls = ["ssl://tm-1:9711"]',
    `  - { role: gateway, replicas: ${GATEWAYS} }`,
  ],
});

const setUp = async (status) => {
  const journey = await openJourney(status);
  const { session } = journey;
  const api = await journey.publishApi(session, {
    name: 'Propagation',
    context: '/propagation',
    version: '1.0.0',
    backend: 'http://backend:8080',
    policies: ['Unlimited'],
    operations: [{ target: '/menu', verb: 'GET' }],
  });
  const nodes = status.nodes.filter(({ role }) => role === 'gateway');
  const gateways = nodes.map(({ name }) => name);
  const urls = nodes.map((node) => `${node.urls.passthroughHttps}${api.path}/menu`);
  const subscriber = async (name, policy) => {
    const application = await journey.createApplication(session, { name, policy, tokenType: 'OAUTH' });
    const subscription = { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' };
    await journey.subscribe(session, subscription);
    return application;
  };
  const call = async (url, token) =>
    (await journey.http({ url, headers: { Authorization: `Bearer ${token}` } })).status;
  return { ...journey, gateways, urls, subscriber, call };
};

/** Calls one gateway until it refuses. Milliseconds until then since `began`, and how many calls it still accepted. */
const refusal = async ({ call }, url, token, began) => {
  for (let accepted = 0; performance.now() - began < PATIENCE; accepted += 1) {
    const status = await call(url, token);
    if (status !== 200) return { ms: performance.now() - began, accepted };
  }
  return { ms: Number.POSITIVE_INFINITY, accepted: Number.NaN };
};

/** Whatever has just happened to a token, as all gateways learn of it at once. */
const refusals = (stage, token, began) => Promise.all(stage.urls.map((url) => refusal(stage, url, token, began)));

/** Every gateway knows the token from now on, and each connection stands. */
const warm = async ({ urls, call }, token) => {
  for (const url of urls) if ((await call(url, token)) !== 200) throw new Error(`${url} refuses a good token`);
};

const quotaTrial = async (stage, trial) => {
  const { session, urls, call } = stage;
  const policyName = `Bench${trial}`;
  const defaultLimit = { type: 'RequestCountLimit', requestCount: QUOTA, unitTime: 1, timeUnit: 'hour' };
  const made = await session.admin.send('POST', '/throttling/policies/application', { policyName, defaultLimit });
  if (made.status !== 201) throw new Error(`the policy was answered with ${made.status} ${made.body}`);
  const { access_token: token } = await stage.applicationToken(
    session,
    await stage.subscriber(`quota${trial}`, policyName),
  );
  await warm(stage, token);
  // Each gateway gets its turn to be the one that spends the rest.
  for (let calls = GATEWAYS; calls < QUOTA; calls += 1) await call(urls[trial % urls.length], token);
  return refusals(stage, token, performance.now());
};

const revocationTrial = async (stage, application) => {
  const { session, http } = stage;
  const { access_token: token } = await stage.applicationToken(session, application);
  await warm(stage, token);
  const answer = await stage.askToken(http, `${session.keyManager.origin}/oauth2/revoke`, application.client, {
    token,
  });
  if (answer.status !== 200) throw new Error(`the revocation was answered with ${answer.status}`);
  return refusals(stage, token, performance.now());
};

const manageUsers = async ({ session, http, basic }, operation, content) => {
  const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><${operation} xmlns="http://service.ws.um.carbon.wso2.org">${content}</${operation}></s:Body></s:Envelope>`;
  const headers = { 'Content-Type': 'text/xml', Authorization: basic('admin', 'admin') };
  const url = `${session.keyManager.origin}/services/${USERS}`;
  const { status } = await http({ url, method: 'POST', headers, body });
  if (status !== 202) throw new Error(`${operation} was answered with ${status}`);
};

const deletionTrial = async (stage, application, trial) => {
  const { session, http } = stage;
  const [username, password] = [`mallory${trial}`, 'secret1'];
  await manageUsers(stage, 'addUser', `<userName>${username}</userName><credential>${password}</credential>`);
  const fields = { grant_type: 'password', username, password };
  const answer = await stage.askToken(http, `${session.keyManager.origin}/oauth2/token`, application.client, fields);
  const { access_token: token } = stage.tokenOf(answer);
  await warm(stage, token);
  await manageUsers(stage, 'deleteUser', `<userName>${username}</userName>`);
  return refusals(stage, token, performance.now());
};

const measure = async ({ gateways }, what, trial) => {
  const trials = [];
  for (let round = 0; round <= TRIALS; round += 1) {
    const found = await trial(round);
    if (round > 0) trials.push(found); // the first is a warm-up
  }
  console.log(what);
  gateways.forEach((name, index) => {
    const seen = trials.map((found) => found[index]);
    percentiles(
      `  until ${name} refuses, ms`,
      seen.map(({ ms }) => ms),
    );
    percentiles(
      `  calls that ${name} accepted until then`,
      seen.map(({ accepted }) => accepted),
      0,
    );
  });
};

try {
  const stage = await setUp(await lab.up());
  const application = await stage.subscriber('bench', 'Unlimited');
  const { access_token: first } = await stage.applicationToken(stage.session, application);
  for (const url of stage.urls) await stage.untilCalled(stage.http, url, first);
  console.log(`3.1.0, ${GATEWAYS} gateways, ${TRIALS} trials after a warm-up; median / 99th percentile / maximum\n`);
  await measure(stage, 'quota of an application spent', (round) => quotaTrial(stage, round));
  await measure(stage, 'token revoked', () => revocationTrial(stage, application));
  await measure(stage, 'user deleted', (round) => deletionTrial(stage, application, round));
} finally {
  lab.dispose();
}
process.exit();
