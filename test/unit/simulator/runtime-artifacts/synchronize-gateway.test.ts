import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../../compose/wso2am/server/broker/timers.ts';
import {
  artifactToPublish,
  artifactToRemove,
} from '../../../../compose/wso2am/server/publisher/gateway-deployer/runtime-artifact-of.ts';
import type { Api } from '../../../../compose/wso2am/server/publisher/model/api.ts';
import type { ArtifactClient } from '../../../../compose/wso2am/server/runtime-artifacts/artifact-client.ts';
import type { RuntimeArtifact } from '../../../../compose/wso2am/server/runtime-artifacts/runtime-artifact.ts';
import type { GatewaySynchronization } from '../../../../compose/wso2am/server/runtime-artifacts/synchronization.ts';
import { synchronizeGateway } from '../../../../compose/wso2am/server/runtime-artifacts/synchronize-gateway.ts';
import { createArtifactStore } from '../../../../compose/wso2am/server/synapse/artifact-store.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { sampleApi } from '../publisher/sample-api.ts';
import { recordedLog } from '../synapse/recorded-log.ts';

const API = 'admin--PizzaShackAPI:v1.0.0';
const DEFAULT = 'admin--PizzaShackAPI';
const ENDPOINT = 'PizzaShackAPI--v1.0.0_APIproductionEndpoint';

/** Timers whose waits end at once, and which remember how long they would have been. */
const hastyTimers = () => {
  const waits: number[] = [];
  const timers: Timers = {
    after: (milliseconds, work) => {
      waits.push(milliseconds);
      const immediate = setImmediate(work);
      return () => clearImmediate(immediate);
    },
    every: () => () => undefined,
  };
  return { timers, waits };
};

/** A gateway with the label Default, and an event hub behind it, in memory. */
const start = (changes: Partial<GatewaySynchronization> = {}) => {
  const { lines, log } = recordedLog();
  const home = temporaryHome('wso2am-3.2.0');
  const artifacts = createArtifactStore(home, log);
  const { timers, waits } = hastyTimers();
  const saved = new Map<string, { readonly artifact: RuntimeArtifact; readonly instruction: string }>();
  const client: ArtifactClient = {
    all: async () =>
      [...saved.values()]
        .filter(({ instruction }) => instruction === 'Publish')
        .map(({ artifact }) => JSON.stringify(artifact)),
    one: async (apiId, label, instruction) => {
      const found = saved.get(apiId);
      if (label === 'Default' && found && (instruction === 'ANY' || found.instruction === instruction))
        return found.artifact;
      throw new Error('Storage returned null');
    },
    attributes: async () => ({ apiId: null, label: null }),
  };
  const settings: GatewaySynchronization = {
    labels: ['Default'],
    retriever: 'DBRetriever',
    startsInSync: true,
    retryDuration: 15_000,
    eventWaitingTime: 5000,
    ...changes,
  };
  const { signal } = new AbortController();
  const synchronizer = synchronizeGateway({ settings, client, artifacts, log, signal, timers });
  return {
    artifacts,
    synchronizer,
    lines,
    waits,
    home,
    publish: (api: Api) => void saved.set(api.id, { artifact: artifactToPublish(api, '{}'), instruction: 'Publish' }),
    remove: (api: Api) => void saved.set(api.id, { artifact: artifactToRemove(api), instruction: 'Remove' }),
  };
};

const event = (api: Api, gatewayLabels = ['Default']) => ({ apiId: api.id, gatewayLabels });

describe('a gateway that fetches its APIs', () => {
  it('serves all that is saved for its labels once it has loaded them, and writes no file', async () => {
    const { artifacts, synchronizer, publish, home } = start();
    publish(sampleApi());
    await synchronizer.load();

    expect(artifacts.apis.find(API)?.context).toBe('/pizzashack/1.0.0');
    expect(artifacts.endpoints.find(ENDPOINT)?.target?.host).toBe('backend:8080');
    expect(artifacts.localEntries.find(sampleApi().id)?.value).toBe('{}');
    expect(existsSync(join(home, 'repository/deployment/server/synapse-configs/default/api'))).toBe(false);
    await artifacts.scan();
    expect(artifacts.apis.find(API)).toBeDefined();
  });

  it('serves an API after the event that tells of it, once the waiting time is over', async () => {
    const { artifacts, synchronizer, publish, waits } = start();
    publish(sampleApi());
    await synchronizer.deploy(event(sampleApi(), ['Other', 'Default']));

    expect(artifacts.apis.find(API)).toBeDefined();
    expect(waits).toEqual([5000]);
  });

  it('passes over APIs for other labels', async () => {
    const { artifacts, synchronizer, publish } = start();
    publish(sampleApi());
    await synchronizer.deploy(event(sampleApi(), ['Other']));

    expect(artifacts.apis.all()).toEqual([]);
  });

  it('takes over what changed, and what an API has no longer', async () => {
    const { artifacts, synchronizer, publish } = start();
    const before = sampleApi({ isDefaultVersion: true });
    publish(before);
    await synchronizer.deploy(event(before));
    expect(artifacts.apis.find(DEFAULT)?.context).toBe('/pizzashack');

    const endpointConfig = { sandbox_endpoints: { url: 'http://trial:8080' } };
    publish(sampleApi({ isDefaultVersion: false, endpointConfig }));
    await synchronizer.deploy(event(before));

    expect(artifacts.apis.all().map(({ name }) => name)).toEqual([API]);
    expect(artifacts.endpoints.all().map(({ name }) => name)).toEqual(['PizzaShackAPI--v1.0.0_APIsandboxEndpoint']);
  });

  it('forgets an API after the event that it is to go, with all that belongs to it', async () => {
    const { artifacts, synchronizer, publish, remove } = start();
    const api = sampleApi({ isDefaultVersion: true });
    publish(api);
    await synchronizer.load();
    remove(api);
    await synchronizer.remove(event(api));

    const left = [artifacts.apis.all(), artifacts.endpoints.all(), artifacts.localEntries.all()];
    expect(left).toEqual([[], [], []]);
  });

  it("leaves another version's default version alone", async () => {
    const { artifacts, synchronizer, publish, remove } = start();
    const old = sampleApi({ id: 'old' });
    publish(old);
    publish(sampleApi({ id: 'new', version: '2.0.0', isDefaultVersion: true }));
    await synchronizer.load();
    remove(old);
    await synchronizer.remove(event(old));

    expect(artifacts.apis.all().map(({ name }) => name)).toEqual([
      'admin--PizzaShackAPI:v2.0.0',
      'admin--PizzaShackAPI',
    ]);
  });

  it('brings WebSocket APIs as sequences, and takes them away', async () => {
    const { artifacts, synchronizer, publish, remove } = start();
    const api = sampleApi({ type: 'WS', endpointConfig: { production_endpoints: { url: 'ws://backend:8080' } } });
    publish(api);
    await synchronizer.deploy(event(api));
    expect(artifacts.sequences.find('_PRODUCTION_-pizzashack-1.0.0')?.address).toBe('ws://backend:8080');

    remove(api);
    await synchronizer.remove(event(api));
    expect(artifacts.sequences.all()).toEqual([]);
  });

  it('keeps events in their order', async () => {
    const { artifacts, synchronizer, publish } = start();
    const api = sampleApi();
    publish(api);
    const deployed = synchronizer.deploy(event(api));
    // What is to be removed is asked for after the API is there, and is not saved: the API stays.
    await expect(synchronizer.remove(event(api))).rejects.toThrow('Storage returned null');
    await deployed;

    expect(artifacts.apis.find(API)).toBeDefined();
  });

  it('undeploys and deploys an API on request, for labels of its own only', async () => {
    const { artifacts, synchronizer, publish } = start();
    const api = sampleApi();
    publish(api);
    await synchronizer.load();

    await synchronizer.undeploy({ apiId: api.id, label: 'Default' });
    expect(artifacts.apis.find(API)).toBeUndefined();
    await synchronizer.redeploy({ apiId: api.id, label: 'Default' });
    expect(artifacts.apis.find(API)).toBeDefined();
    await expect(synchronizer.redeploy({ apiId: api.id, label: 'Other' })).rejects.toThrow('Other');
  });

  it('serves the others when one of them is broken, and names it', async () => {
    const { artifacts, synchronizer, publish, lines } = start();
    publish(sampleApi({ id: 'a', provider: 'other', name: 'Twin' }));
    publish(sampleApi({ id: 'b' }));
    await synchronizer.load();

    expect(artifacts.apis.all()).toHaveLength(1);
    expect(lines).toContain('ERROR Error in deploying PizzaShackAPI to the Gateway');
  });

  it('says that it has no other extension to fetch by', async () => {
    const { synchronizer, lines } = start({ retriever: 'GitHubRetriever' });
    await synchronizer.load();

    expect(lines).toEqual([
      'WARN Not simulated: artifact_retriever "GitHubRetriever"',
      'ERROR Artifact retriever not found',
    ]);
  });
});
