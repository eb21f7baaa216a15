#!/usr/bin/env node
// What a call costs a gateway with warm caches, beside a bare proxy of the same runtime in the same round: throughput, the
// 99th percentile of the time added at half load, second by second, and memory over many calls. Prints minimum, median and maximum, and
// whether the medians meet the goals; asserts nothing. Usage: node scripts/bench-gateway.mjs [--rounds N] [--seconds N] [--calls N] [--release VERSION]
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { benchLab, median, openJourney, percentiles, processorOf, root, row, verdict } from './bench-lab.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    calls: { type: 'string', default: '100000' },
    release: { type: 'string', default: '3.0.0' },
  },
});
const [ROUNDS, SECONDS, CALLS] = [values.rounds, values.seconds, values.calls].map(Number);
const CONNECTIONS = 16;
const WARM_UP_ROUNDS = 5;
/** The goals: throughput as a share of the bare proxy's, milliseconds, memory as a multiple of what it was. */
const [LEAST_RATIO, MOST_ADDED, MOST_GROWTH] = [0.8, 2, 1.1];
const LAB = 'bench-gateway';

const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];
const lab = benchLab(LAB, {
  version: values.release,
  nodes: roles.map((role) => `  - role: ${role}`),
  beforeRemoval: () => {
    for (const peer of ['proxy', 'backend'])
      spawnSync('docker', ['rm', '--force', `${LAB}-${peer}`], { stdio: 'ignore' });
  },
});

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** A back end, and a bare proxy to it that stands in the lab's network just as the gateway does. Yields the proxy's address. */
const startPeers = (image) => {
  const mount = `${join(root, 'scripts/bench-gateway-peers.mjs')}:/peers.mjs:ro`;
  for (const peer of ['backend', 'proxy']) {
    const place = ['--name', `${LAB}-${peer}`, '--network', `apim-${LAB}_lab`, '--publish', '127.0.0.1::8090'];
    const command = ['--entrypoint', 'node', image, '/peers.mjs', peer, `${LAB}-backend`];
    docker('run', '--rm', '--detach', ...place, '--volume', mount, ...command);
  }
  return docker('port', `${LAB}-proxy`, '8090').split('\n')[0];
};

/** An API on the gateway and a token for it. */
const publish = async (status) => {
  const journey = await openJourney(status);
  const { session } = journey;
  const api = await journey.publishApi(session, {
    name: 'Bench',
    context: '/bench',
    version: '1.0.0',
    backend: `http://${LAB}-backend:8090`,
    policies: ['Unlimited'],
    operations: [{ target: '/menu', verb: 'GET' }],
  });
  const application = await journey.createApplication(session, {
    name: 'bench',
    policy: 'Unlimited',
    tokenType: 'OAUTH',
  });
  await journey.subscribe(session, { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  const { access_token } = await journey.applicationToken(session, application);
  return { path: `${api.path}/menu`, headers: { authorization: `Bearer ${access_token}` } };
};

const way = (origin, container, { path, headers }) => {
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const call = async () => {
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    await body.dump();
    if (statusCode !== 200) throw new Error(`${origin} answered ${statusCode}`);
  };
  return { call, container };
};

/** Each connection calls again as soon as it has its answer. Calls a second, and microseconds of processor for each. */
const throughput = async ({ call, container }) => {
  const used = processorOf(container);
  const began = performance.now();
  let calls = 0;
  const worker = async () => {
    for (; performance.now() - began < SECONDS * 1000; calls += 1) await call();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const seconds = (performance.now() - began) / 1000;
  return { rate: calls / seconds, cost: (processorOf(container) - used) / calls };
};

/** How long each call of a second takes that arrive at this rate, whatever became of those before; milliseconds, sorted. */
const latencies = async ({ call }, rate) => {
  const times = [];
  const waiting = [];
  const began = performance.now();
  for (let sent = 0; sent < rate; ) {
    const due = Math.floor(((performance.now() - began) * rate) / 1000);
    for (; sent < due; sent += 1) {
      const at = began + (sent * 1000) / rate;
      waiting.push(call().then(() => times.push(performance.now() - at)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(waiting);
  return times.toSorted((a, b) => a - b);
};

const percentile99 = (sorted) => sorted[Math.floor(sorted.length * 0.99)];

try {
  const status = await lab.up();
  const gateway = status.nodes.find(({ role }) => role === 'gateway');
  const proxyAddress = startPeers(gateway.image);
  const target = await publish(status);
  const throughGateway = way(gateway.urls.passthroughHttp, `apim-${LAB}-${gateway.name}-1`, target);
  const throughProxy = way(`http://${proxyAddress}`, `${LAB}-proxy`, target);
  // A just-in-time compiler needs some ten thousand calls of each until it changes nothing more.
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1)
    for (const each of [throughGateway, throughProxy]) await throughput(each);
  const rates = { bare: [], mediated: [], ratios: [] };
  const costs = { bare: [], mediated: [], ratios: [] };
  const times = { bare: [], mediated: [], added: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    // Alternating, so that a machine whose speed drifts does so for both.
    const proxied = await throughput(throughProxy);
    const through = await throughput(throughGateway);
    rates.bare.push(proxied.rate);
    rates.mediated.push(through.rate);
    rates.ratios.push(through.rate / proxied.rate);
    costs.bare.push(proxied.cost);
    costs.mediated.push(through.cost);
    costs.ratios.push(proxied.cost / through.cost);
    const rate = Math.floor(through.rate / 2);
    // Second by second: where the machine stands still for a moment, all calls of that moment wait, whichever way they go.
    for (let second = 0; second < SECONDS; second += 1) {
      const mediated = await latencies(throughGateway, rate);
      const bare = await latencies(throughProxy, rate);
      times.added.push(percentile99(mediated) - percentile99(bare));
      times.mediated.push(...mediated);
      times.bare.push(...bare);
    }
  }
  console.log(`${values.release}, ${ROUNDS} rounds after a warm-up; minimum / median / maximum\n`);
  row('bare proxy, calls a second', rates.bare);
  row('gateway, calls a second', rates.mediated);
  row('  ratio gateway / bare proxy (goal >= 0.8)', rates.ratios, 2);
  row('bare proxy, processor microseconds a call', costs.bare);
  row('gateway, processor microseconds a call', costs.mediated);
  row('  ratio bare proxy / gateway', costs.ratios, 2);
  row('99th percentile added at half load, second by second, ms (goal < 2)', times.added, 2);
  percentiles('gateway at half load, all seconds, ms: median / 99th / maximum', times.mediated, 2);
  percentiles('bare proxy at half load, all seconds, ms: median / 99th / maximum', times.bare, 2);
  const before = await lab.memoryOf(gateway.name);
  let left = CALLS;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await throughGateway.call();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const after = await lab.memoryOf(gateway.name);
  console.log(`${`memory of the gateway before and after ${CALLS} calls, MB`.padEnd(64)} ${before} -> ${after}\n`);

  const [ratio, added] = [median(rates.ratios), median(times.added)];
  verdict(ratio >= LEAST_RATIO, `throughput: ${ratio.toFixed(2)} of the bare proxy's (goal: ${LEAST_RATIO} or more)`);
  verdict(
    added < MOST_ADDED,
    `99th percentile at half load: ${added.toFixed(2)} ms added in the median second (goal: under ${MOST_ADDED} ms)`,
  );
  verdict(
    after <= before * MOST_GROWTH,
    `memory: ${before} MB before ${CALLS} calls, ${after} MB after them (goal: flat, within a tenth)`,
  );
} finally {
  lab.dispose();
}
process.exit();
