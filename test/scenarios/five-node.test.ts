import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker, LabUnderTest } from './lab-under-test.ts';

type Status = {
  nodes: { name: string; state: string; health: string; urls: Record<string, string>; memoryBytes: number }[];
  parts: { name: string; health: string; memoryBytes: number }[];
  endpoints: Record<string, Record<string, string>>;
  trust: { caFile: string };
  probes: { probe: string; verdict: string }[];
};

const lab = new LabUnderTest('t-five');
let up: Status;

beforeAll(async () => {
  up = JSON.parse((await lab.ok('up', '--json')).stdout);
});
afterAll(() => lab.dispose());

/** GET with the lab's CA and nothing else; an untrusted certificate rejects. */
const get = async (url: string, ca: string) => {
  const asked = request(url, { ca }).end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body };
};

describe('a five-node lab', () => {
  it('has every container healthy when up returns, and its probes passed', () => {
    expect([...up.nodes, ...up.parts].map(({ name, health }) => `${name} ${health}`).toSorted()).toEqual(
      ['backend', 'dev-1', 'gw-1', 'km-1', 'lb', 'mysql', 'nfs', 'pub-1', 'tm-1'].map((name) => `${name} healthy`),
    );
    expect(up.probes).toMatchObject([
      { probe: 'token-issuance', verdict: 'pass' },
      { probe: 'throttling', verdict: 'pass' },
      { probe: 'cache-invalidation', verdict: 'pass' },
    ]);
  });

  it('answers /services/Version on every node, with a certificate that its CA signed', async () => {
    const ca = readFileSync(up.trust.caFile, 'utf8');
    for (const { name, urls } of up.nodes) {
      const answer = await get(`${urls.https}/services/Version`, ca);
      expect(answer, name).toMatchObject({ status: 200, body: expect.stringContaining('WSO2 API Manager-3.0.0') });
    }
  });

  it('reaches every component through the load balancer', async () => {
    const ca = readFileSync(up.trust.caFile, 'utf8');
    for (const [role, urls] of Object.entries(up.endpoints)) {
      const answer = await get(`${urls.https}/services/Version`, ca);
      expect(answer.status, role).toBe(200);
    }
    const gateway = await get(`${up.endpoints.gateway?.passthroughHttps}/`, ca);
    expect(gateway).toMatchObject({ status: 200, body: expect.stringContaining('Welcome to APIM') });
  });

  it('uses under 500 MB of memory, MySQL included', () => {
    const bytes = [...up.nodes, ...up.parts].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(500 * 1024 * 1024);
  });

  it('is left alone by a second up', async () => {
    const before = await lab.containers();
    const again = await lab.ok('up', '--dry-run', '--json');
    expect(JSON.parse(again.stdout)).toEqual([]);
    await lab.ok('up', '--no-probes');
    expect(await lab.containers()).toEqual(before);
  });

  it('replaces only the node whose key changed', async () => {
    const before = await lab.containers();
    lab.write(
      readFileSync(lab.topology, 'utf8').replace(
        '  - role: gateway\n',
        '  - role: gateway\n    toml: |\n      [apim.cache.gateway_token]\n      expiry_time = 60\n',
      ),
    );
    await lab.ok('up', '--no-probes');
    const after = await lab.containers();
    const replaced = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(replaced).toEqual(['gw-1']);
    const toml = await lab.ok('exec', 'gw-1', 'cat', 'repository/conf/deployment.toml');
    expect(toml.stdout).toContain('expiry_time = 60');
  });

  it('starts a node again that was stopped, and says why', async () => {
    const { 'tm-1': id } = await lab.containers();
    await docker.getContainer(id ?? '').kill();
    expect((await lab.run('status', '--json')).code).toBe(1);
    const run = await lab.ok('up', '--no-probes');
    expect(run.stderr).toContain('start tm-1: it is exited');
    expect((await lab.ok('status', '--json')).code).toBe(0);
  });

  it('says that a container is missing, and makes it again', async () => {
    const { lb } = await lab.containers();
    await docker.getContainer(lb ?? '').remove({ force: true });
    const run = await lab.run('status', '--json');
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).parts).toContainEqual(expect.objectContaining({ name: 'lb', state: 'missing' }));
    await lab.ok('up', '--no-probes');
  });

  it('wakes a node that was paused', async () => {
    const { 'gw-1': id } = await lab.containers();
    await docker.getContainer(id ?? '').pause();
    const run = await lab.ok('up', '--no-probes', '--timeout', '60');
    expect(run.stderr).toContain('unpause gw-1: it is paused');
    expect((await lab.ok('status', '--json')).code).toBe(0);
  });

  it('shares files between nodes over NFS: what one writes, the server holds, owned by the product user', async () => {
    const path = 'repository/deployment/server/synapse-configs/default/probe.xml';
    await lab.ok('exec', 'gw-1', 'sh', '-c', `mkdir -p $(dirname ${path}) && echo '<api/>' > ${path}`);
    const seen = await lab.ok('exec', 'nfs', 'stat', '-c', '%u %s', '/export/synapse-configs/default/probe.xml');
    expect(seen.stdout).toBe('802 7\n');
  });

  it('prints logs with the start-up lines of the product', async () => {
    const { stdout } = await lab.ok('logs', 'km-1');
    expect(stdout).toMatch(/WSO2 Carbon started in \d+ sec/);
    expect(stdout).toContain('WSO2 API Manager-3.0.0');
  });

  it('refuses a node that does not exist, with the names of those that do', async () => {
    const run = await lab.run('logs', 'gw-7');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('NODE_NOT_FOUND') });
    expect(run.stderr).toContain('gw-1');
  });

  it('is removed without its topology file, and removing it again succeeds', async () => {
    rmSync(lab.topology);
    await lab.ok('down', '--lab', lab.name);
    expect(await lab.leftovers()).toEqual([]);
    await lab.ok('down', '--lab', lab.name);
  });
});
