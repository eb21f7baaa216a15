import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { LabUnderTest } from './lab-under-test.ts';

type Up = LabStatus & { readonly sampleApi: { readonly curl: string; readonly token: string; readonly url: string } };

const FIVE = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];

describe.each(['3.0.0', '3.1.0'])('a lab of %s with the sample API', (version) => {
  const lab = new LabUnderTest(`t-sample-${version.replaceAll('.', '-')}`);
  let first: Up;
  let session: ProductSession;

  const up = async (): Promise<Up> => JSON.parse((await lab.ok('up', '--no-probes', '--sample-api', '--json')).stdout);

  beforeAll(async () => {
    const nodes = FIVE.map((role) => `  - { role: ${role}, replicas: ${role === 'gateway' ? 2 : 1} }\n`).join('');
    lab.write(`lab: ${lab.name}\nversion: ${version}\nnodes:\n${nodes}`);
    first = await up();
    session = await openSession({ status: first, http: httpClient(readFileSync(first.trust.caFile, 'utf8'), 30_000) });
  });
  afterAll(() => lab.dispose());

  const listed = async () => {
    const [apis, applications] = await Promise.all([
      session.publisher.send('GET', '/apis'),
      session.portal.send('GET', '/applications'),
    ]);
    const names = ({ body }: { body: string }) => JSON.parse(body).list.map(({ name }: { name: string }) => name);
    return { apis: names(apis), applications: names(applications) };
  };

  it('answers the curl command that up prints', () => {
    const answer = execFileSync('bash', ['-c', first.sampleApi.curl], { encoding: 'utf8', stdio: 'pipe' });
    expect(JSON.parse(answer)).toMatchObject({ count: 3 });
  });

  it('shows its OpenAPI definition in the portal', async () => {
    const { list } = JSON.parse((await session.portal.send('GET', '/apis?query=name:LibraryAPI')).body);
    const definition = JSON.parse((await session.portal.send('GET', `/apis/${list[0].id}/swagger`)).body);
    expect(definition.paths['/books/{id}'].get.summary).toBe('One book');
  });

  it('is found by a second up, which gives another token', async () => {
    const again = await up();
    expect(again.sampleApi.url).toBe(first.sampleApi.url);
    expect(again.sampleApi.token).not.toBe(first.sampleApi.token);
    expect(await listed()).toEqual({ apis: ['LibraryAPI'], applications: ['LibraryApp'] });
  });

  it('passes the probe of the life of an API, which leaves nothing behind', async () => {
    const report = JSON.parse((await lab.ok('probe', 'api-lifecycle', '--json')).stdout);
    expect(report).toMatchObject({ probe: 'api-lifecycle', verdict: 'pass' });
    for (const name of ['served', 'call', 'gone']) {
      const asked = report.hops
        .filter((hop: { name: string }) => hop.name === name)
        .map(({ to }: { to: string }) => to);
      expect(asked, name).toEqual(expect.arrayContaining(['gw-1', 'gw-2']));
    }
    expect(await listed()).toEqual({ apis: ['LibraryAPI'], applications: ['LibraryApp'] });
  });

  it('is cleaned up by a probe that is interrupted', async () => {
    const probe = lab.start('probe', 'api-lifecycle');
    const ended = once(probe, 'exit');
    while ((await listed()).apis.length < 2) expect(probe.exitCode).toBeNull();
    probe.kill('SIGINT');
    expect(await ended).toEqual([1, null]);
    expect(await listed()).toEqual({ apis: ['LibraryAPI'], applications: ['LibraryApp'] });
  });

  it('cannot have the sample API without the back end', async () => {
    lab.describe({ version, extra: 'backend: false\n' });
    const run = await lab.run('up', '--sample-api');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('BACKEND_MISSING') });
  });
});
