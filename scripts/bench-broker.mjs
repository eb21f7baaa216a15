#!/usr/bin/env node
// How many messages a second the simulator's broker passes on, beside RabbitMQ from Debian's packages: the same client, the
// same messages, both in containers, by turns. One publisher and as many listeners as a lab has gateways, each with a queue of
// its own that it acknowledges from. Prints minimum, median and maximum; asserts nothing.
// Usage: node scripts/bench-broker.mjs [--rounds N] [--messages N] [--listeners N]
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import amqplib from 'amqplib';
import { bundleSources, processorOf, root, row } from './bench-lab.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    messages: { type: 'string', default: '20000' },
    listeners: { type: 'string', default: '2' },
  },
});
const [ROUNDS, MESSAGES, LISTENERS] = [values.rounds, values.messages, values.listeners].map(Number);
/** Bytes of a decision as a MapMessage, about. */
const BODY = Buffer.alloc(300, 'x');
/** Messages that may be under way: fewer than either broker begins to drop or to hold back at. */
const WINDOW = 500;
const [EXCHANGE, KEY] = ['amq.topic', 'throttledata'];
/** Milliseconds that a broker gets to accept clients, and a round to end. */
const PATIENCE = 60_000;
const RABBITMQ = 'apim-lab-bench/rabbitmq';

const docker = (...args) =>
  execFileSync('docker', args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] }).trim();

// RabbitMQ lets its guest in from loopback only, unless told otherwise.
const DOCKERFILE = `FROM debian:trixie-slim
RUN apt-get update -qq \\
 && apt-get install -y -qq --no-install-recommends rabbitmq-server \\
 && rm -rf /var/lib/apt/lists/* \\
 && echo 'loopback_users = none' > /etc/rabbitmq/rabbitmq.conf
ENTRYPOINT ["rabbitmq-server"]
`;

const BROKER = `
import { openBroker } from './open-broker.ts';
openBroker({
  productVersion: '3.0.0',
  publisher: 'guest',
  authenticate: async (username, password) => username === 'guest' && password === 'guest',
  warn: (text) => console.error(text),
}).plainServer().listen(5672);
`;

/** Containers by what stands in the table. */
const CONTAINERS = { broker: 'apim-lab-bench-broker', rabbitmq: 'apim-lab-bench-rabbitmq' };

const startBrokers = async (home) => {
  await bundleSources(BROKER, 'compose/wso2am/server/broker', join(home, 'broker.cjs'));
  execFileSync('docker', ['build', '--quiet', '--tag', RABBITMQ, '-'], {
    input: DOCKERFILE,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  execFileSync(join(root, 'scripts/images'), { stdio: 'ignore' });
  const { wso2am } = JSON.parse(execFileSync(join(root, 'scripts/images'), ['--print'], { encoding: 'utf8' }));
  const place = (name) => ['run', '--rm', '--detach', '--name', name, '--publish', '127.0.0.1::5672'];
  const bundle = ['--volume', `${home}:/bench:ro`, '--entrypoint', 'node', wso2am['3.0.0'], '/bench/broker.cjs'];
  docker(...place(CONTAINERS.broker), ...bundle);
  docker(...place(CONTAINERS.rabbitmq), RABBITMQ);
};

const connect = async (container, vhost) => {
  const [hostname, port] = docker('port', container, '5672').split('\n')[0].split(':');
  for (const began = performance.now(); ; ) {
    try {
      return await amqplib.connect({ hostname, port, vhost, username: 'guest', password: 'guest' }, { noDelay: true });
    } catch (cause) {
      if (performance.now() - began > PATIENCE) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
};

/** Publishes while fewer than WINDOW messages are under way, until every listener has all. Messages a second, and processor time of each. */
const measure = async ({ container, vhost }) => {
  const connections = [];
  const open = async () => {
    const connection = await connect(container, vhost);
    connections.push(connection);
    return connection.createChannel();
  };
  const counts = Array(LISTENERS).fill(0);
  let wake = () => {};
  for (let listener = 0; listener < LISTENERS; listener += 1) {
    const channel = await open();
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, EXCHANGE, KEY);
    await channel.consume(queue, (delivery) => {
      channel.ack(delivery);
      counts[listener] += 1;
      wake();
    });
  }
  const publisher = await open();
  const used = processorOf(container);
  const began = performance.now();
  for (let sent = 0; Math.min(...counts) < MESSAGES; ) {
    for (; sent < MESSAGES && sent - Math.min(...counts) < WINDOW; sent += 1)
      publisher.publish(EXCHANGE, KEY, BODY, { contentType: 'jms/map-message' });
    if (performance.now() - began > PATIENCE)
      throw new Error(`${container} has passed on ${counts.join(', ')} of ${sent}`);
    await new Promise((resolve) => {
      wake = resolve;
    });
  }
  const seconds = (performance.now() - began) / 1000;
  const cost = (processorOf(container) - used) / MESSAGES;
  await Promise.all(connections.map((connection) => connection.close()));
  return { rate: MESSAGES / seconds, cost };
};

const home = mkdtempSync(join(tmpdir(), 'apim-lab-bench-'));
chmodSync(home, 0o755); // the container has another user
try {
  await startBrokers(home);
  const ours = { container: CONTAINERS.broker, vhost: '/carbon' };
  const theirs = { container: CONTAINERS.rabbitmq, vhost: '/' };
  for (const each of [ours, theirs]) await measure(each); // warm-up
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ theirs: await measure(theirs), ours: await measure(ours) });
  console.log(
    `${MESSAGES} messages to ${LISTENERS} listeners, ${ROUNDS} rounds after a warm-up; minimum / median / maximum\n`,
  );
  const of = (pick) => rounds.map(pick);
  row(
    'RabbitMQ, messages a second',
    of((round) => round.theirs.rate),
  );
  row(
    'the broker, messages a second',
    of((round) => round.ours.rate),
  );
  row(
    '  ratio the broker / RabbitMQ',
    of(({ ours, theirs }) => ours.rate / theirs.rate),
    2,
  );
  row(
    'RabbitMQ, processor microseconds a message',
    of((round) => round.theirs.cost),
  );
  row(
    'the broker, processor microseconds a message',
    of((round) => round.ours.cost),
  );
} finally {
  for (const name of Object.values(CONTAINERS)) spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore' });
  spawnSync('docker', ['rmi', RABBITMQ], { stdio: 'ignore' });
  rmSync(home, { recursive: true });
}
process.exit();
