#!/usr/bin/env node
// What a gateway's caches take when they are full, and what a look into them costs: 10,000 entries each, as the product has
// them, of tokens and resources of the usual length. Prints kilobytes of the heap and nanoseconds of the processor; asserts
// nothing. Usage: node --expose-gc scripts/bench-caches.mjs
import { loadSources } from './bench-lab.mjs';

const CAPACITY = 10_000;
const LOOKS = 1_000_000;

const SOURCE = `
export { EMPTY_INFO } from './key-validation/validation-info.ts';
export { gatewayCaches, keyCacheKey, resourceCacheKey } from './mediation/caches/gateway-caches.ts';
`;

if (!globalThis.gc) throw new Error('run it with node --expose-gc');
const { EMPTY_INFO, gatewayCaches, keyCacheKey, resourceCacheKey } = await loadSources(SOURCE, 'compose/wso2am/server');

/** Texts as they come from the wire: each of its own, in one piece. */
const text = (value) => Buffer.from(value).toString();
const token = (index) => text(`4d1f7b2c-93ae-3f5d-a3b8-${String(index).padStart(12, '0')}`);
const callOf = (index) => ({
  context: `/pizzashack${index % 100}/1.0.0`,
  version: '1.0.0',
  template: `/order/{id}/${index}`,
  verb: 'GET',
});
const infoOf = (index) => ({
  ...EMPTY_INFO,
  apiName: text(`PizzaShackAPI${index % 100}`),
  apiPublisher: text('admin'),
  applicationId: text(`${index}`),
  applicationName: text(`application ${index}`),
  consumerKey: text(`wU62DjlyDBnq87GlBwplfqvmAbAa${index}`),
  endUserName: text(`user${index}@carbon.super`),
  scopes: [text('am_application_scope'), text('default')],
  subscriber: text(`user${index}`),
});
const resourceOf = (index) => ({
  httpVerb: 'GET',
  authType: text('Any'),
  uriTemplate: text(callOf(index).template),
  throttlingTier: text('Unlimited'),
  throttlingConditions: [text('_default')],
  applicableLevel: text('apiLevel'),
});

/** 256 bytes of an RS256 signature. */
const signature = (index) => text(`${index}`.padStart(342, 'x'));
const sha256 = (index) => text(`${index}`.padStart(64, '0'));
const user = (index) => text(`user${index}@carbon.super`);
const claimsOf = (index) => ({
  sub: user(index),
  iat: 1_600_000_000,
  keytype: 'PRODUCTION',
  consumerKey: '',
  application: { id: index, name: text(`application ${index}`), tier: text('Unlimited'), owner: text('admin') },
  subscribedAPIs: [
    {
      name: text(`PizzaShackAPI${index % 100}`),
      context: text(callOf(index).context),
      version: text('1.0.0'),
      publisher: text('admin'),
      subscriptionTier: text('Bronze'),
      subscriberTenantDomain: text('carbon.super'),
    },
  ],
  tierInfo: { Bronze: { stopOnQuotaReach: true, spikeArrestLimit: 0, spikeArrestUnit: null } },
});

/** Key and value of an entry, by the cache. */
const ENTRIES = {
  tokens: (index) => [token(index), 'carbon.super'],
  invalidTokens: (index) => [token(index), 'carbon.super'],
  keys: (index) => [keyCacheKey(token(index), callOf(index), 'Any'), infoOf(index)],
  jwtClaims: (index) => [
    `${signature(index)}:${resourceCacheKey(callOf(index))}`,
    { payload: text(`${index}`.padStart(900, 'x')), claims: { ...claimsOf(index), exp: 1, scope: text('default') } },
  ],
  apiResources: (index) => [text(`/pizzashack${index}/1.0.0/1.0.0`), [resourceOf(index)]],
  resources: (index) => [resourceCacheKey(callOf(index)), resourceOf(index)],
  apiKeys: (index) => [signature(index), 'carbon.super'],
  invalidApiKeys: (index) => [signature(index), 'carbon.super'],
  apiKeyClaims: (index) => [
    `${signature(index)}:${resourceCacheKey(callOf(index))}`,
    { key: text(`${'x'.repeat(900)}.${signature(index)}`), claims: claimsOf(index) },
  ],
  usernames: (index) => [user(index), sha256(index)],
  invalidUsernames: (index) => [user(index), sha256(index)],
  basicAuthResources: (index) => [`${resourceCacheKey(callOf(index))}:${user(index)}`, true],
};

const heap = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const configuration = { version: '3.0.0', optionalNumber: () => undefined, optionalFlag: () => undefined };
const caches = gatewayCaches(configuration, () => performance.now());
console.log(`${CAPACITY} entries each after twice as many were put in\n`);
let total = 0;
for (const [name, entryOf] of Object.entries(ENTRIES)) {
  const before = heap();
  for (let index = 0; index < 2 * CAPACITY; index += 1) caches[name].put(...entryOf(index));
  const size = caches[name].size();
  const kilobytes = (heap() - before) / 1024;
  total += kilobytes;
  const keys = Array.from({ length: CAPACITY }, (_, index) => entryOf(CAPACITY + index)[0]);
  const began = process.cpuUsage();
  for (let look = 0; look < LOOKS; look += 1) caches[name].get(keys[(look * 7_919) % CAPACITY]);
  const { user, system } = process.cpuUsage(began);
  const cost = ((user + system) * 1000) / LOOKS;
  console.log(
    `${name.padEnd(18)} ${size} entries ${kilobytes.toFixed(0).padStart(6)} KB ${cost.toFixed(0).padStart(5)} ns a look`,
  );
}
console.log(`${'all'.padEnd(18)} ${total.toFixed(0)} KB`);
