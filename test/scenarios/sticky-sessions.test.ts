import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabUnderTest } from './lab-under-test.ts';

type Hop = { readonly name: string; readonly to: string; readonly verdict: string; readonly detail: string };

/** Every component has it. */
const CONSOLE = '/carbon: use the session';

const PAIRS = ['publisher', 'developer-portal', 'gateway'];

const lab = new LabUnderTest('t-sticky');

/** Pairs of what people and Publishers log in to, and what these need. */
const describeLab = (sticky: string): void =>
  lab.write(
    `lab: ${lab.name}\nloadBalancer: { sticky: ${sticky} }\nnodes:\n  - role: key-manager\n  - role: traffic-manager\n${PAIRS.map((role) => `  - { role: ${role}, replicas: 2 }\n`).join('')}`,
  );

const probe = async (): Promise<{ code: number | null; verdict: string; hops: readonly Hop[] }> => {
  const { code, stdout } = await lab.run('probe', 'sticky-sessions', '--json');
  return { code, ...JSON.parse(stdout) };
};

beforeAll(async () => {
  describeLab('cookie');
  await lab.ok('up', '--no-probes');
});
afterAll(() => lab.dispose());

describe('pairs behind the load balancer', () => {
  it('keep browsers and servers on one node by the cookie of the load balancer', async () => {
    const { code, verdict, hops } = await probe();
    expect(hops.filter((hop) => hop.verdict !== 'pass')).toEqual([]);
    expect({ code, verdict }).toEqual({ code: 0, verdict: 'pass' });
    expect(hops.map(({ name }) => name)).toEqual([
      ...['/publisher', '/devportal'].flatMap((portal) => [
        `${portal}: log-in page stays on one node`,
        `${portal}: log in`,
        `${portal}: use the session`,
        `${portal}: log out`,
        CONSOLE,
      ]),
      CONSOLE,
      'admin services: calls by cookie',
    ]);
  });

  it('keep them by their address', async () => {
    describeLab('address');
    await lab.ok('up', '--no-probes');
    const { verdict, hops } = await probe();
    expect(hops.filter((hop) => hop.verdict !== 'pass')).toEqual([]);
    expect(verdict).toBe('pass');
  });

  it('lose them without stickiness: log-ins and calls by cookie break', async () => {
    describeLab('none');
    await lab.ok('up', '--no-probes');
    const { code, verdict, hops } = await probe();
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'fail' });
    const failed = hops.filter((hop) => hop.verdict === 'fail').map(({ name }) => name);
    expect(failed).toEqual([
      '/publisher: log-in page stays on one node',
      '/publisher: log in',
      CONSOLE,
      '/devportal: log-in page stays on one node',
      '/devportal: log in',
      CONSOLE,
      CONSOLE,
      'admin services: calls by cookie',
    ]);
  });
});
