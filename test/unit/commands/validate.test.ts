import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { validate } from '../../../lab/commands/validate.ts';

const fixture = (file: string): string => fileURLToPath(new URL(`../../../fixtures/${file}`, import.meta.url));

describe('validate', () => {
  it('answers with the lab, its version and every node', async () => {
    expect(await validate(fixture('topologies/gateway-pair.yaml'))).toEqual({
      lab: 'gateway-pair',
      version: '3.0.0',
      nodes: [
        { name: 'km-1', role: 'key-manager' },
        { name: 'tm-1', role: 'traffic-manager' },
        { name: 'pub-1', role: 'publisher' },
        { name: 'dev-1', role: 'developer-portal' },
        { name: 'gw-1', role: 'gateway' },
        { name: 'gw-2', role: 'gateway' },
      ],
    });
  });

  it('fails with exit code 2 and a place for a file that is broken', async () => {
    const file = fixture('broken/unknown-role.yaml');
    await expect(validate(file)).rejects.toMatchObject({
      exitCode: 2,
      problems: [{ where: `${file}:7:11` }, { where: `${file}:8:11` }],
    });
  });
});
