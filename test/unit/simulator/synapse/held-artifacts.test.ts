import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArtifactStore } from '../../../../compose/wso2am/server/synapse/artifact-store.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { recordedLog } from './recorded-log.ts';
import { endpointXml, PRODUCTION } from './sample-artifacts.ts';

const HELD = endpointXml(PRODUCTION, 'http://held:8080');
const WRITTEN = endpointXml(PRODUCTION, 'http://written:8080');

const start = () => {
  const home = temporaryHome();
  const { endpoints } = createArtifactStore(home, recordedLog().log);
  const folder = join(home, 'repository/deployment/server/synapse-configs/default/endpoints');
  return { endpoints, folder, host: () => endpoints.find(PRODUCTION)?.target?.hostname };
};

describe('an artifact that is held without a file', () => {
  it('is deployed, shown and removed like others', async () => {
    const { endpoints, host } = start();
    await endpoints.hold(HELD);

    expect(host()).toBe('held');
    expect([endpoints.fileOf(PRODUCTION), await endpoints.textOf(PRODUCTION)]).toEqual([undefined, HELD]);
    expect(await endpoints.remove(PRODUCTION)).toBe(true);
    expect(await endpoints.remove(PRODUCTION)).toBe(false);
    expect(host()).toBeUndefined();
  });

  it('outlives the scans of its folder', async () => {
    const { endpoints, host } = start();
    await endpoints.deploy(WRITTEN);
    await endpoints.hold(HELD);
    await endpoints.scan();

    expect(host()).toBe('held');
  });

  it('gives way to a file that appears under its name', async () => {
    const { endpoints, folder, host } = start();
    await endpoints.deploy(endpointXml('Other', 'http://other'));
    await endpoints.hold(HELD);
    writeFileSync(join(folder, `${PRODUCTION}.xml`), WRITTEN);
    await endpoints.scan();
    expect(host()).toBe('written');

    rmSync(join(folder, `${PRODUCTION}.xml`));
    await endpoints.scan();
    expect(host()).toBeUndefined();
  });

  it('stays when the file goes whose place it took', async () => {
    const { endpoints, folder, host } = start();
    await endpoints.deploy(WRITTEN);
    await endpoints.hold(HELD);
    rmSync(join(folder, `${PRODUCTION}.xml`));
    await endpoints.scan();

    expect(host()).toBe('held');
    expect(readdirSync(folder)).toEqual([]);
  });
});
