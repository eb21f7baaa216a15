import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HopRecorder } from '../../../lab/probes/hops.ts';
import { httpClient } from '../../../lab/probes/http-client.ts';
import { checkPortal, PORTALS_OF } from '../../../lab/probes/sticky-sessions/portal-sessions.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { certificates } from '../publisher/listen.ts';
import { type Balancer, type Choice, startBalancer } from './balancer.ts';

const portals = usePortals();

/** Each request to the next node. */
const roundRobin = (): Choice => {
  let turn = 0;
  return (_request, ports) => {
    turn += 1;
    return ports[turn % ports.length];
  };
};

/** Everybody to one node. */
const always: Choice = (_request, [first]) => first;

describe.each(VERSIONS)('two nodes of %s with both portals', (version) => {
  let balancer: Balancer;
  let nodes: readonly PortalNode[];
  beforeAll(async () => {
    balancer = await startBalancer();
    nodes = [await portals.start(version, balancer.port), await portals.start(version, balancer.port)];
    await nodes[0]?.apim.execute('DELETE FROM AM_SYSTEM_APPS', []);
    await nodes[0]?.apim.execute("DELETE FROM IDN_OAUTH_CONSUMER_APPS WHERE APP_NAME LIKE 'admin_admin_%'", []);
    await nodes[0]?.apim.execute("DELETE FROM SP_APP WHERE APP_NAME LIKE 'admin_admin_%'", []);
  });
  afterAll(() => balancer.stop());

  /** The verdicts of the probe's hops, portal by portal. */
  const probe = async (choice: Choice): Promise<readonly string[]> => {
    balancer.balance(
      nodes.map(({ listening }) => listening.port),
      choice,
    );
    const http = httpClient(credentialOf(await certificates, 'ca').certificate, 10_000);
    const recorder = new HopRecorder();
    const group = {
      role: 'all-in-one' as const,
      balancer: { name: 'balancer', origin: `https://localhost:${balancer.port}` },
      members: nodes.map(({ listening: { port } }) => ({ name: `${port}`, origin: `https://localhost:${port}` })),
    };
    const status = { version, credentials: { username: 'admin', password: 'admin' } };
    for (const portal of PORTALS_OF['all-in-one'] ?? []) await checkPortal({ http, status }, recorder, group, portal);
    return recorder.hops.map(({ name, verdict, detail }) =>
      verdict === 'pass' ? `${name}: pass` : `${name}: ${verdict}: ${detail.replace(/\d{4,}/g, 'node')}`,
    );
  };

  it('pass the probe when a browser stays on one of them', async () => {
    expect(await probe(always)).toEqual(
      ['/publisher', '/devportal'].flatMap((portal) => [
        `${portal}: log-in page stays on one node: pass`,
        `${portal}: log in: pass`,
        `${portal}: use the session: pass`,
        `${portal}: log out: pass`,
      ]),
    );
  });

  it('fail it when each request goes to the next: the log-in is in the memory of the other', async () => {
    expect(await probe(roundRobin())).toEqual(
      ['/publisher', '/devportal'].flatMap((portal) => [
        expect.stringMatching(`${portal}: log-in page stays on one node: fail: expected log-in 1 on node only`),
        // The password reaches the node of the log-in page, and the browser then the other one.
        expect.stringMatching(`${portal}: log in: fail: led to /authenticationendpoint/.*Session.Timed.Out`),
        `${portal}: use the session: unknown: not tried: no log-in`,
      ]),
    );
  });
});
