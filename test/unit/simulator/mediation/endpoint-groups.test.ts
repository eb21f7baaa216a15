import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../loopback-server.ts';
import { apiXml, PRODUCTION } from '../synapse/sample-artifacts.ts';
import { startGateway, useSharedKey } from './gateway-under-test.ts';

useSharedKey();

type Kind = 'loadbalance' | 'failover';

/** A gateway with an open API and these back ends behind its one endpoint; `asked` names those that were called. */
const startGroup = async (
  kind: Kind,
  backends: Readonly<Record<string, RequestListener | 'fails'>>,
  attributes = '',
) => {
  const gateway = await startGateway();
  await gateway.artifacts.apis.deploy(apiXml({ security: null, resources: [['GET POST', '/*']] }));
  const asked: string[] = [];
  const failing = new Set(Object.keys(backends).filter((name) => backends[name] === 'fails'));
  const member = async (name: string): Promise<string> => {
    const listener = backends[name];
    const port = await listenOnLoopback(
      createServer((incoming, response) => {
        asked.push(name);
        if (failing.has(name) || typeof listener !== 'function') incoming.socket.destroy();
        else listener(incoming, response);
      }),
    );
    return `<endpoint name="${name}"><http uri-template="http://127.0.0.1:${port}"/></endpoint>`;
  };
  const members = await Promise.all(Object.keys(backends).map(member));
  await gateway.artifacts.endpoints.deploy(
    `<endpoint name="${PRODUCTION}"><${kind}${attributes}>${members.join('')}</${kind}></endpoint>`,
  );
  return { ...gateway, asked, failing, base: `${gateway.url}/pizzashack/1.0.0` };
};

const serves: RequestListener = async (incoming, response) => {
  response.end(`${incoming.method} ${incoming.url} ${await text(incoming)}`);
};

describe('a group that balances', () => {
  it('gives its endpoints their turns', async () => {
    const { base, asked } = await startGroup('loadbalance', { a: serves, b: serves, c: serves });
    for (let call = 0; call < 6; call += 1) await fetch(`${base}/x`);

    expect(asked).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('passes over an endpoint that fails, with the whole body, and leaves it alone for 30 s', async () => {
    const { base, asked, failing, pass } = await startGroup('loadbalance', { a: serves, b: serves });
    failing.add('a');
    const post = async () => (await fetch(`${base}/order?n=1`, { method: 'POST', body: 'pizza' })).text();

    expect([await post(), await post(), await post()]).toEqual(Array(3).fill('POST /order?n=1 pizza'));
    expect(asked).toEqual(['a', 'b', 'b', 'b']);
    failing.delete('a');
    pass(30_000);
    await post();
    await post();
    expect(asked.slice(4).toSorted()).toEqual(['a', 'b']);
  });

  it('without fail-over answers with the fault of the endpoint whose turn it was', async () => {
    const { base, asked } = await startGroup('loadbalance', { a: 'fails', b: serves }, ' failover="false"');

    expect(await (await fetch(`${base}/x`)).text()).toContain('<am:code>101505</am:code>');
    expect(await (await fetch(`${base}/x`)).text()).toBe('GET /x ');
    expect(asked).toEqual(['a', 'b']);
  });
});

describe('a group that fails over', () => {
  it('takes the first endpoint that is ready, and comes back to it', async () => {
    const { base, asked, failing, pass } = await startGroup('failover', { a: serves, b: serves });
    await fetch(`${base}/x`);
    failing.add('a');
    await fetch(`${base}/x`);
    await fetch(`${base}/x`);
    failing.delete('a');
    pass(30_000);
    await fetch(`${base}/x`);

    // A kept connection that breaks in the moment of its use is tried once more.
    expect(asked).toEqual(['a', 'a', 'a', 'b', 'b', 'a']);
  });

  it('is content with an error that an endpoint answers itself', async () => {
    const broken: RequestListener = (_incoming, response) => void response.writeHead(503).end();
    const { base, asked } = await startGroup('failover', { a: broken, b: serves });

    expect((await fetch(`${base}/x`)).status).toBe(503);
    expect(asked).toEqual(['a']);
  });

  it('does not repeat a body that it streamed: the fault is that of the endpoint', async () => {
    const { base, asked } = await startGroup('failover', { a: 'fails', b: serves });
    const streamed = { method: 'POST', body: new Blob(['pizza']).stream(), duplex: 'half' };
    const answer = await fetch(`${base}/x`, streamed);

    expect(await answer.text()).toContain('<am:code>101505</am:code>');
    expect(asked).toEqual(['a']);
  });
});

it.each<[Kind, string]>([
  ['loadbalance', 'Loadbalance'],
  ['failover', 'Failover'],
])(
  'a group (%s) whose endpoints all fail is 303000, naming it, and asks nobody while they rest',
  async (kind, title) => {
    const { base, asked } = await startGroup(kind, { a: 'fails', b: 'fails' });
    const fault = async () => (await fetch(`${base}/x`)).text();
    const description = `${title} endpoint : ${PRODUCTION} - no ready child endpoints`;

    for (const answer of [await fault(), await fault()]) {
      expect(answer).toContain('<am:code>303000</am:code>');
      expect(answer).toContain(`<am:description>${description}</am:description>`);
    }
    expect(asked).toEqual(['a', 'b']);
  },
);

it('a group with sessions is 501', async () => {
  const { base, artifacts } = await startGroup('loadbalance', {});
  await artifacts.endpoints.deploy(
    `<endpoint name="${PRODUCTION}"><session type="http"/><loadbalance><endpoint><http uri-template="http://a"/></endpoint></loadbalance></endpoint>`,
  );

  expect((await fetch(`${base}/x`)).status).toBe(501);
});
