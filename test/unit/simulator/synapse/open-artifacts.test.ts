import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Timer } from '../../../../compose/wso2am/server/synapse/hot-deployment.ts';
import { openArtifacts } from '../../../../compose/wso2am/server/synapse/open-artifacts.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { recordedLog } from './recorded-log.ts';
import { apiXml, endpointXml, PRODUCTION } from './sample-artifacts.ts';

const CONFIGS = 'repository/deployment/server/synapse-configs/default';
const API_FILE = 'api/admin--PizzaShackAPI_v1.0.0.xml';
const API = 'admin--PizzaShackAPI:v1.0.0';

/** A timer that the test rings. */
const ringTimer = () => {
  const waiting: { readonly callback: () => void; readonly milliseconds: number }[] = [];
  const timer: Timer = (callback, milliseconds) => {
    const entry = { callback, milliseconds };
    waiting.push(entry);
    return () => void waiting.splice(waiting.indexOf(entry), 1);
  };
  return { timer, waiting };
};

const openAt = async (home: string) => {
  const { lines, log } = recordedLog();
  const { timer, waiting } = ringTimer();
  const opened = await openArtifacts({ home, log }, timer);
  return { ...opened, lines, waiting };
};

const put = (home: string, file: string, text: string): void => {
  const path = join(home, CONFIGS, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
};

describe('a gateway that starts', () => {
  it('serves what is on disk, with a line for each artifact', async () => {
    const home = temporaryHome();
    put(home, API_FILE, apiXml());
    put(home, `endpoints/${PRODUCTION}.xml`, endpointXml(PRODUCTION, 'http://backend:8080'));
    const { artifacts, lines } = await openAt(home);

    expect(artifacts.apis.find(API)?.context).toBe('/pizzashack/1.0.0');
    expect(artifacts.endpoints.find(PRODUCTION)?.target?.host).toBe('backend:8080');
    expect(lines).toEqual([
      `INFO Endpoint : ${PRODUCTION} was added to the Synapse configuration successfully`,
      `INFO Initializing API: ${API}`,
      `INFO API : ${API} was added to the Synapse configuration successfully`,
    ]);
  });

  it('passes over a file it cannot deploy, and says so', async () => {
    const home = temporaryHome();
    put(home, 'api/broken.xml', '<api');
    put(home, API_FILE, apiXml());
    const { artifacts, lines } = await openAt(home);

    expect(artifacts.apis.all()).toHaveLength(1);
    expect(lines).toContain('ERROR API Deployment from the file : broken.xml : Failed.');
  });

  it('starts over an empty home', async () => {
    expect((await openAt(temporaryHome())).artifacts.apis.all()).toEqual([]);
  });
});

describe('deployment', () => {
  it('writes the file under the documented name and leaves nothing else behind', async () => {
    const home = temporaryHome();
    const { artifacts } = await openAt(home);
    await artifacts.apis.deploy(apiXml());

    expect(readdirSync(join(home, CONFIGS, 'api'))).toEqual(['admin--PizzaShackAPI_v1.0.0.xml']);
    expect(readFileSync(join(home, CONFIGS, API_FILE), 'utf8')).toBe(apiXml());
    expect(artifacts.apis.find(API)).toBeDefined();
  });

  it('of something malformed writes no file', async () => {
    const home = temporaryHome();
    const { artifacts } = await openAt(home);

    await expect(artifacts.apis.deploy('<api name="x" context="/x">')).rejects.toThrow();
    expect(existsSync(join(home, CONFIGS, 'api'))).toBe(false);
  });

  it.each([
    ['/etc/outside', '_etc_outside.xml'],
    ['a/../../b', 'a_.._.._b.xml'],
    ['a\\..\\b', 'a_.._b.xml'],
    ['a:b?c*d|e', 'a_b_c_d_e.xml'],
  ])('keeps an artifact named %s in its folder, as %s', async (name, file) => {
    const home = temporaryHome();
    const { artifacts } = await openAt(home);
    await artifacts.endpoints.deploy(endpointXml(name, 'http://backend'));

    expect(readdirSync(join(home, CONFIGS), { recursive: true })).toEqual(['endpoints', `endpoints/${file}`]);
  });

  it.each([
    ['that begins with a dot', '../../../outside'],
    ['that is blank', ' '],
    ['with a control character', 'a\u0000b'],
    ['longer than a file name may be', 'x'.repeat(300)],
  ])('refuses a name %s', async (_case, name) => {
    const { artifacts } = await openAt(temporaryHome());

    await expect(artifacts.endpoints.deploy(endpointXml(name, 'http://backend'))).rejects.toThrow();
  });

  it('counts its changes, so that routers notice', async () => {
    const { artifacts } = await openAt(temporaryHome());
    const before = artifacts.revision();
    await artifacts.apis.deploy(apiXml());

    expect(artifacts.revision()).toBeGreaterThan(before);
  });
});

describe('hot deployment', () => {
  const twoGateways = async () => {
    const home = temporaryHome();
    const writer = await openAt(home);
    const reader = await openAt(home);
    /** Lets the reader scan once. */
    const scan = async (): Promise<void> => {
      reader.waiting.shift()?.callback();
      // A scan waits for the one before it, so this one ends after the timer's.
      await reader.artifacts.scan();
    };
    return { home, writer, reader, scan };
  };

  it('scans every 15 s', async () => {
    const { reader } = await twoGateways();

    expect(reader.waiting.map(({ milliseconds }) => milliseconds)).toEqual([15_000]);
  });

  it('brings what another gateway deployed, changed and removed', async () => {
    const { writer, reader, scan } = await twoGateways();
    await writer.artifacts.apis.deploy(apiXml());
    expect(reader.artifacts.apis.find(API)).toBeUndefined();
    await scan();
    expect(reader.artifacts.apis.find(API)?.resources).toHaveLength(1);

    await writer.artifacts.apis.deploy(
      apiXml({
        resources: [
          ['GET', '/menu'],
          ['POST', '/order'],
        ],
      }),
    );
    await scan();
    expect(reader.artifacts.apis.find(API)?.resources).toHaveLength(2);

    await writer.artifacts.apis.remove(API);
    await scan();
    expect(reader.artifacts.apis.find(API)).toBeUndefined();
    expect(reader.lines.at(-1)).toBe(`INFO API : ${API} was removed from the Synapse configuration successfully`);
  });

  it('complains of a broken file once, and takes it when it is mended', async () => {
    const { home, reader, scan } = await twoGateways();
    put(home, API_FILE, '<api');
    await scan();
    await scan();
    expect(reader.lines).toHaveLength(1);
    put(home, API_FILE, apiXml());
    await scan();

    expect(reader.artifacts.apis.find(API)).toBeDefined();
  });

  it('of a file that broke takes the API away', async () => {
    const { home, writer, reader, scan } = await twoGateways();
    await writer.artifacts.apis.deploy(apiXml());
    await scan();
    put(home, API_FILE, '<api');
    await scan();

    expect(reader.artifacts.apis.all()).toEqual([]);
  });

  it('survives a share that is gone for a while', async () => {
    const { home, writer, reader, scan } = await twoGateways();
    await writer.artifacts.apis.deploy(apiXml());
    rmSync(join(home, CONFIGS), { recursive: true });
    await scan();
    await writer.artifacts.apis.deploy(apiXml());
    await scan();

    expect(reader.artifacts.apis.find(API)).toBeDefined();
  });

  it('ends with the node', async () => {
    const { reader } = await twoGateways();
    reader.close();

    expect(reader.waiting).toEqual([]);
  });
});
