#!/usr/bin/env node
// How long until every gateway of a lab goes by a change, mechanism by mechanism; and how many calls it answered by its cache
// until then. Resolution is one call, a few milliseconds. Prints median, 99th percentile and maximum; asserts nothing.
// Usage: node scripts/bench-propagation.mjs [--gateways N] [--trials N] [--versions 3.0.0,3.1.0,3.2.0] [--only throttleData]
import { parseArgs } from 'node:util';
import { benchLab, openJourney, percentiles } from './bench-lab.mjs';
import { TRIALS } from './propagation-trials.mjs';

const { values } = parseArgs({
  options: {
    gateways: { type: 'string', default: '2' },
    trials: { type: 'string', default: '20' },
    versions: { type: 'string', default: '3.0.0,3.1.0,3.2.0' },
    only: { type: 'string', default: '' },
  },
});
const [GATEWAYS, ROUNDS] = [values.gateways, values.trials].map(Number);
/** Milliseconds after which a gateway counts as one that never learns. */
const PATIENCE = 5_000;

/** In 3.0.0 every gateway is an environment of its own to the Key Manager: behind one URL only one of them would be called. */
const environments = (lab) =>
  Array.from({ length: GATEWAYS }, (_, index) => [
    '      [[apim.gateway.environment]]',
    `      name = "gateway ${index + 1}"`,
    '      type = "hybrid"',
    `      service_url = "https://gw-${index + 1}.${lab}.test:9443/services/"`,
    '      username = "admin"',
    '      password = "admin"',
  ]).flat();

const labOf = (version) => {
  const name = `bench-propagation-${version.replaceAll('.', '')}-${GATEWAYS}`;
  const keyManager = version === '3.0.0' ? ['    toml: |', ...environments(name)] : [];
  const roles = ['traffic-manager', 'publisher', 'developer-portal'].map((role) => `  - role: ${role}`);
  const gateways = `  - { role: gateway, replicas: ${GATEWAYS} }`;
  return benchLab(name, { version, nodes: ['  - role: key-manager', ...keyManager, ...roles, gateways] });
};

const setUp = async (status) => {
  const journey = await openJourney(status);
  const { session, http } = journey;
  const api = await journey.publishApi(session, {
    name: 'Propagation',
    context: '/propagation',
    version: '1.0.0',
    backend: 'http://backend:8080',
    policies: ['Unlimited'],
    operations: [{ target: '/menu', verb: 'GET' }],
    more: { securityScheme: ['oauth2', 'basic_auth', 'oauth_basic_auth_api_key_mandatory'] },
  });
  const nodes = status.nodes.filter(({ role }) => role === 'gateway');
  const gateways = nodes.map(({ name }) => name);
  const urls = nodes.map((node) => `${node.urls.passthroughHttps}${api.path}/menu`);
  const subscriber = async (name, policy, tokenType) => {
    const application = await journey.createApplication(session, { name, policy, tokenType });
    const wanted = { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' };
    return { application, subscription: await journey.subscribe(session, wanted) };
  };
  const call = async (url, headers) => (await http({ url, headers })).status;
  /** Every gateway has the credential cached from now on, and each connection stands. */
  const warm = async (headers) => {
    for (const url of urls) {
      const began = performance.now();
      while ((await call(url, headers)) !== 200)
        if (performance.now() - began > PATIENCE) throw new Error(`${url} refuses a good credential`);
    }
  };
  const admin = { http, origin: session.keyManager.origin, credentials: status.credentials };
  const { application } = await subscriber('bench', 'Unlimited', 'OAUTH');
  const { application: jwtApplication, subscription } = await subscriber('bench-jwt', 'Unlimited', 'JWT');
  const { access_token: first } = await journey.applicationToken(session, application);
  const { access_token: jwt } = await journey.applicationToken(session, jwtApplication);
  for (const url of urls) for (const token of [first, jwt]) await journey.untilCalled(http, url, token);
  const { version } = status;
  return {
    ...journey,
    version,
    api,
    gateways,
    urls,
    subscriber,
    status: call,
    warm,
    admin,
    application,
    jwt,
    subscription,
  };
};

/** Calls one gateway until it has learnt: milliseconds until then, and how many calls it answered as before. */
const learning = async (stage, url, { headers, hasLearnt }, began, signal) => {
  for (let stale = 0; performance.now() - began < PATIENCE && !signal.aborted; stale += 1)
    if (hasLearnt(await stage.status(url, headers))) return { ms: performance.now() - began, stale };
  return { ms: Number.POSITIVE_INFINITY, stale: Number.NaN };
};

/** All gateways at the same time; of one that alone is told, only that one. */
const watch = async (stage, change, one) => {
  const began = performance.now();
  const learnt = new AbortController();
  const watched = stage.urls.map(async (url) => {
    const found = await learning(stage, url, change, began, learnt.signal);
    if (one && Number.isFinite(found.ms)) learnt.abort();
    return found;
  });
  const all = await Promise.all(watched);
  return one ? all.toSorted((a, b) => a.ms - b.ms).slice(0, 1) : all;
};

const show = (what, seen) => {
  percentiles(
    `${what}, ms`,
    seen.map(({ ms }) => ms),
  );
  percentiles(
    '  calls by the cache until then',
    seen.map(({ stale }) => stale),
    0,
  );
};

const measure = async (stage, { what, trial, one = false, toggles = false, each = false }) => {
  const rounds = [];
  // An even number of rounds leaves everything as it was.
  const last = toggles && ROUNDS % 2 === 0 ? ROUNDS + 1 : ROUNDS;
  for (let round = 0; round <= last; round += 1) {
    const found = await watch(stage, await trial(stage, round), one);
    if (round > 0) rounds.push(found); // the first is a warm-up
  }
  show(what, rounds.flat());
  if (!each) return;
  stage.gateways.forEach((name, index) => {
    show(
      `  at ${name}`,
      rounds.map((found) => found[index]),
    );
  });
};

for (const version of values.versions.split(',')) {
  const lab = labOf(version);
  try {
    const stage = await setUp(await lab.up());
    console.log(
      `\n${version}, ${GATEWAYS} gateways, ${ROUNDS} trials after a warm-up; median / 99th percentile / maximum`,
    );
    for (const trial of TRIALS)
      if ((!trial.only || trial.only.includes(version)) && trial.what.includes(values.only))
        await measure(stage, trial);
  } finally {
    await lab.dispose();
  }
}
process.exit();
