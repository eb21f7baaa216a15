import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { REST_BASE_PATHS } from '../../lab/product/rest-apis.ts';
import { VERSION_FACTS } from '../../lab/product/versions.ts';
import { LabUnderTest } from './lab-under-test.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The block of the README that goes step by step; it is written for 3.0.0 in the first place of a machine. */
const [, journey = ''] = /^```\n(CA=[\s\S]*?)^```$/m.exec(readme) ?? [];

const WRITTEN_FOR = '3.0.0';
const FIRST_PORT = 20_000;

describe.each(['3.1.0', '3.2.0'] as const)("the README's journey by curl on %s", (version) => {
  const lab = new LabUnderTest(`t-curl-${version.replaceAll('.', '-')}`, { version });
  afterAll(() => lab.dispose());

  /** The block with what the README says is different, on the ports of this lab. */
  const typed = ({ nodes, trust }: LabStatus): string => {
    const first = Number(new URL(nodes[0]?.urls.https ?? '').port);
    const swaps: readonly (readonly [string, string])[] = [
      [VERSION_FACTS[WRITTEN_FOR].dcrPath, VERSION_FACTS[version].dcrPath],
      [REST_BASE_PATHS.publisher[WRITTEN_FOR][0], REST_BASE_PATHS.publisher[version][0]],
      [REST_BASE_PATHS.store[WRITTEN_FOR][0], REST_BASE_PATHS.store[version][0]],
    ];
    return swaps
      .reduce((text, [from, to]) => text.replaceAll(from, to), journey)
      .replaceAll(/localhost:(\d+)/g, (_, port) => `localhost:${Number(port) - FIRST_PORT + first}`)
      .replace(/^CA=.*$/m, `CA=${trust.caFile}`);
  };

  it('ends with the answer of the back end', async () => {
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    const output = execFileSync('bash', ['-c', `set -eo pipefail\n${typed(status)}`], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const echoed: unknown = JSON.parse(output.slice(output.lastIndexOf('{"method"')));
    expect(echoed).toMatchObject({ method: 'GET', path: '/hello' });
  });
});
