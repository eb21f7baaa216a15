import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createBackend } from '../../../../compose/backend/server/create-backend.ts';
import { readSampleApi } from '../../../../lab/probes/sample/read-sample-api.ts';
import { listenOnLoopback } from '../../simulator/loopback-server.ts';

const APIS = fileURLToPath(new URL('../../../../fixtures/apis', import.meta.url));

describe.each(readdirSync(APIS))('the ready-made API "%s"', (name) => {
  const file = `${APIS}/${name}/api.yaml`;

  it('offers the policy that its subscriber takes', async () => {
    const { spec, application } = await readSampleApi(file);
    expect(spec.policies).toContain(application.subscription);
  });

  it('has the operations of its definition, and lets people try one of them', async () => {
    const { spec, resource } = await readSampleApi(file);
    expect(spec.operations).toContainEqual({ target: resource, verb: 'GET' });
    expect(spec.operations.length).toBeGreaterThan(1);
  });

  it('asks the back end of the lab for nothing that it does not have', async () => {
    const { spec } = await readSampleApi(file);
    const port = await listenOnLoopback(createBackend());
    for (const { target } of spec.operations.filter(({ verb }) => verb === 'GET')) {
      const { status } = await fetch(`http://127.0.0.1:${port}${target.replace('{id}', '1')}?interval=0`);
      expect(status, target).toBe(200);
    }
  });
});
