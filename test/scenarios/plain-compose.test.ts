import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { LabUnderTest } from './lab-under-test.ts';

const lab = new LabUnderTest('t-plain');
const directory = `${lab.home}/labs/t-plain`;
const compose = (...args: readonly string[]): string =>
  execFileSync('docker', ['compose', ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' });

afterAll(() => lab.dispose());

describe('a rendered lab, without the harness', () => {
  it('is a project that docker compose accepts', async () => {
    await lab.ok('render');
    const project = JSON.parse(compose('config', '--format', 'json'));
    expect(Object.keys(project.services).toSorted()).toEqual([
      'backend',
      'dev-1',
      'gw-1',
      'km-1',
      'lb',
      'mysql',
      'nfs',
      'pub-1',
      'tm-1',
    ]);
  });

  it('comes up healthy by docker compose alone', () => {
    compose('up', '--detach', '--wait');
    const states = compose('ps', '--format', '{{.Service}} {{.Health}}').trim().split('\n').toSorted();
    expect(states).toEqual(
      ['backend', 'dev-1', 'gw-1', 'km-1', 'lb', 'mysql', 'nfs', 'pub-1', 'tm-1'].map((name) => `${name} healthy`),
    );
  });

  it('is the same lab to the harness: nothing to change, and its probe passes', async () => {
    expect(JSON.parse((await lab.ok('up', '--dry-run', '--json')).stdout)).toEqual([]);
    const report = JSON.parse((await lab.ok('probe', 'token-issuance', '--json')).stdout);
    expect(report).toMatchObject({ probe: 'token-issuance', verdict: 'pass' });
  });

  it('has a load balancer whose configuration nginx approves of', () => {
    // nginx reports on stderr; a bad configuration would exit with 1.
    compose('exec', '-T', 'lb', 'nginx', '-t');
  });

  it('holds the product tables in both schemas', () => {
    const count = (schema: string, prefix: string) =>
      Number(
        compose(
          'exec',
          '-T',
          'mysql',
          'mysql',
          '-uroot',
          '-N',
          '-e',
          `SELECT COUNT(*) FROM information_schema.tables WHERE table_schema='${schema}' AND table_name LIKE '${prefix}%'`,
        ),
      );
    expect(count('apim_db', 'AM_')).toBeGreaterThan(20);
    expect(count('apim_db', 'IDN_')).toBeGreaterThan(3);
    expect(count('shared_db', 'UM_')).toBeGreaterThan(5);
    expect(count('shared_db', 'REG_')).toBeGreaterThan(3);
  });

  it('is removed by docker compose, leaving nothing', async () => {
    compose('down', '--volumes');
    expect(await lab.leftovers()).toEqual([]);
  });
});
