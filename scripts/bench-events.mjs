#!/usr/bin/env node
// How many events a second go all the way: from a gateway's agent over receiver, engine and broker of a Traffic Manager to
// what a gateway holds of its decisions. Agent and holder are those of the simulator's gateways, in this process; the Traffic
// Manager is a lab's. Every quota is spent exactly, so that one event in ten makes a decision.
// Prints minimum, median and maximum; asserts nothing. Usage: node scripts/bench-events.mjs [--rounds N] [--keys N]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchLab, loadSources, processorOf, row } from './bench-lab.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, keys: { type: 'string', default: '3000' } },
});
const [ROUNDS, KEYS] = [values.rounds, values.keys].map(Number);
/** The smallest quota that every version ships as an application policy (wire.md 5.4). */
const QUOTA = { policy: '10PerMin', calls: 10 };
/** Milliseconds that a round may take; it begins only when as much is left of the minute, at whose end quotas are new. */
const PATIENCE = 20_000;
/** Events that wait in the agent at most, of the 32,768 after which it drops them (wire.md 5.2). */
const BURST = 10_000;

const SOURCE = `
export { createAgent } from './databridge/agent/create-agent.ts';
export { THROTTLE_REQUEST } from './databridge/streams.ts';
export { listenToTopic } from './broker/client/listen-to-topic.ts';
export { createBlockingConditions } from './throttling/gateway/blocking-conditions.ts';
export { createDecisions } from './throttling/gateway/decisions.ts';
export { createKeyTemplates } from './throttling/gateway/key-templates.ts';
export { applyThrottleData } from './throttling/gateway/apply-throttle-data.ts';
`;

const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
const lab = benchLab('bench-events', { version: '3.0.0', nodes: roles.map((role) => `  - role: ${role}`) });

const eventOf = (key) => ({
  messageID: `urn:uuid:00000000-0000-4000-8000-${String(key).padStart(12, '0')}`,
  appKey: `${key}:admin@carbon.super`,
  appTier: QUOTA.policy,
  apiKey: '/bench/1.0.0:1.0.0',
  apiTier: '',
  subscriptionKey: `${key}:/bench/1.0.0:1.0.0`,
  subscriptionTier: 'Unlimited',
  resourceKey: '/bench/1.0.0/1.0.0/menu:GET',
  resourceTier: 'Unlimited',
  userId: 'admin@carbon.super',
  apiContext: '/bench/1.0.0',
  apiVersion: '1.0.0',
  appTenant: 'carbon.super',
  apiTenant: 'carbon.super',
  appId: String(key),
  apiName: 'admin--Bench',
  properties: '{"ip":2130706433}',
});

const openGateway = async (status) => {
  const sources = await loadSources(SOURCE, 'compose/wso2am/server');
  const { urls } = status.nodes.find(({ role }) => role === 'traffic-manager');
  const log = { info: () => {}, warn: console.error, error: console.error };
  const trusted = [readFileSync(status.trust.caFile, 'utf8')];
  const agent = sources.createAgent({
    groups: [{ type: 'failover', urls: [urls.databridge], authUrls: [urls.databridgeTls] }],
    ...status.credentials,
    trusted,
    log: () => log,
  });
  const holders = {
    decisions: sources.createDecisions(),
    blockingConditions: sources.createBlockingConditions(),
    keyTemplates: sources.createKeyTemplates(),
  };
  const { hostname, port } = new URL(urls.amqp);
  const { username, password } = status.credentials;
  let heard = () => {};
  const listener = sources.listenToTopic({
    url: `amqp://${username}:${password}@clientid/carbon?brokerlist='tcp://${hostname}:${port}'`,
    topic: 'throttleData',
    onMessage: (message) => {
      sources.applyThrottleData(message, holders);
      heard();
    },
    log,
    trusted,
  });
  const publish = (key) => agent.publish(sources.THROTTLE_REQUEST, eventOf(key));
  const onDecision = (listen) => {
    heard = listen;
  };
  return { publish, holders, onDecision, close: () => Promise.all([agent.close(1_000), listener.stop()]) };
};

/** Waits, for seconds at most, until no minute ends within a round. */
const untilEnoughOfTheMinute = async () => {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < PATIENCE) await new Promise((resolve) => setTimeout(resolve, left + 100));
};

/** Spends quotas, one after the other, until a decision comes: the subscription stands. */
const untilHeard = async ({ publish, holders }) => {
  for (let attempt = 1; holders.decisions.size === 0; attempt += 1) {
    if (attempt > 50) throw new Error('no decision is heard');
    for (let call = 0; call < QUOTA.calls; call += 1) publish(-attempt);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** Spends the quotas of so many applications, from this one on. Events a second until all decisions are held. */
const spend = async ({ publish, holders, onDecision }, first, keys) => {
  const isHeld = (key) => holders.decisions.throttledUntil(`${key}:admin@carbon.super`, Date.now()) !== undefined;
  const began = performance.now();
  let held = 0;
  let wake = () => {};
  onDecision(() => {
    // Decisions come in the order of the keys.
    while (held < keys && isHeld(first + held)) held += 1;
    wake();
  });
  for (let sent = 0; held < keys; ) {
    for (; sent < keys && (sent - held) * QUOTA.calls < BURST; sent += 1)
      for (let call = 0; call < QUOTA.calls; call += 1) publish(first + sent);
    await new Promise((resolve, reject) => {
      const left = began + PATIENCE - performance.now();
      const late = setTimeout(() => reject(new Error(`${held} of ${sent} decisions came`)), left);
      wake = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }
  return (keys * QUOTA.calls * 1000) / (performance.now() - began);
};

try {
  const status = await lab.up();
  const manager = `apim-${lab.name}-${status.nodes.find(({ role }) => role === 'traffic-manager').name}-1`;
  const gateway = await openGateway(status);
  await untilHeard(gateway);
  const [rates, costs, own] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await untilEnoughOfTheMinute();
    const [used, began] = [processorOf(manager), process.cpuUsage()];
    const rate = await spend(gateway, round * KEYS, KEYS);
    const { user, system } = process.cpuUsage(began);
    if (round === 0) continue; // warm-up
    rates.push(rate);
    costs.push((processorOf(manager) - used) / (KEYS * QUOTA.calls));
    own.push((user + system) / (KEYS * QUOTA.calls));
  }
  await gateway.close();
  console.log(
    `${KEYS} quotas of ${QUOTA.calls} events, ${ROUNDS} rounds after a warm-up; minimum / median / maximum\n`,
  );
  row('events a second until the last decision is held', rates);
  row('Traffic Manager, processor microseconds an event', costs, 1);
  row('agent and holder, processor microseconds an event', own, 1);
} finally {
  lab.dispose();
}
process.exit();
