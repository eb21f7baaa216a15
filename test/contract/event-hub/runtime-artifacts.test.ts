import { Agent } from 'node:https';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createEvents, type SavedApi } from '../../../compose/wso2am/server/carbon/events.ts';
import { eventHubEndpoints } from '../../../compose/wso2am/server/event-hub/endpoints.ts';
import { openSynchronizer } from '../../../compose/wso2am/server/gateway/open-synchronizer.ts';
import { openGatewayDeployer } from '../../../compose/wso2am/server/publisher/gateway-deployer/open-gateway-deployer.ts';
import { createArtifactStore } from '../../../compose/wso2am/server/synapse/artifact-store.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { temporaryHome } from '../../unit/simulator/carbon/temporary-home.ts';
import { load } from '../../unit/simulator/config/deployment.ts';
import { sampleApi } from '../../unit/simulator/publisher/sample-api.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { certificates, recordingLog } from '../publisher/listen.ts';
import { startDataNode } from './data-node.ts';

const portals = usePortals();
let portal: PortalNode;
let hub: Awaited<ReturnType<typeof startHub>>;

const startHub = () => startDataNode(portal, (context) => eventHubEndpoints(context, { publish: () => true }));

beforeAll(async () => {
  portal = await portals.start('3.2.0');
});

const LABEL = 'Production and Sandbox';
const DEFINITION = '{"openapi":"3.0.1","info":{"title":"A & B <c>"}}';

const agent = async () => {
  const agent = new Agent({ ca: credentialOf(await certificates, 'ca').certificate });
  onTestFinished(() => agent.destroy());
  return agent;
};

/** A Publisher that saves APIs, and what it would tell gateways. */
const startPublisher = async (settings: Readonly<Record<string, string | boolean>>) => {
  const told: SavedApi[] = [];
  const complaints: string[] = [];
  const log = recordingLog(complaints);
  const events = createEvents(() => undefined);
  events.apiSaved.subscribe((saved) => void told.push(saved));
  const configuration = load({ 'apim.sync_runtime_artifacts.publisher': settings }, { version: '3.2.0' });
  const environments = [LABEL, 'Sandbox', 'Unused'].map((name) => ({
    name,
    type: 'hybrid' as const,
    displayInApiConsole: true,
    showAsTokenEndpointUrl: true,
    description: '',
    serviceUrl: 'https://localhost:1/services/',
    username: 'admin',
    password: 'admin',
    gatewayEndpoint: '',
    webSocketEndpoint: '',
  }));
  const deployer = openGatewayDeployer(
    { configuration, events, log: () => log },
    { environments, agent: await agent(), log, apim: portal.apim },
  );
  return { deployer, told, complaints };
};

/** A gateway that fetches the APIs with these labels from the event hub. */
const startGateway = async (labels: readonly string[]) => {
  const service = { service_url: `${hub.url}/services/`, username: 'admin', password: 'admin' };
  const configuration = load(
    { 'apim.throttling': service, 'apim.sync_runtime_artifacts.gateway': { gateway_labels: labels } },
    { version: '3.2.0' },
  );
  const log = recordingLog([]);
  const artifacts = createArtifactStore(temporaryHome('wso2am-3.2.0'), () => log);
  const context = { ...portal.context, configuration, log: () => log };
  const opened = openSynchronizer(context, artifacts, await agent());
  if (!opened) throw new Error('it does not synchronize');
  onTestFinished(() => opened.close());
  return { artifacts, synchronizer: opened.synchronizer };
};

const SAVING = { artifact_saver: 'DBSaver', publish_directly_to_gateway: false };

describe('an API that a Publisher of 3.2.0 saves', () => {
  it('is served by gateways that start, by those that hear of it, and by none with other labels', async () => {
    hub = await startHub();
    const api = sampleApi({ gatewayEnvironments: [LABEL, 'Sandbox'] });
    const publisher = await startPublisher(SAVING);
    const running = await startGateway(['Sandbox', LABEL]);
    expect(await publisher.deployer.publish(api, DEFINITION, false)).toEqual([
      { environment: LABEL },
      { environment: 'Sandbox' },
    ]);
    expect(publisher.told).toEqual([{ instruction: 'Publish', id: api.id, gatewayLabels: [LABEL, 'Sandbox'] }]);

    await running.synchronizer.deploy({ apiId: api.id, gatewayLabels: [LABEL, 'Sandbox'] });
    const started = await startGateway([LABEL]);
    await started.synchronizer.load();
    const other = await startGateway(['Unused']);
    await other.synchronizer.load();

    for (const { artifacts } of [running, started]) {
      expect(artifacts.apis.find('admin--PizzaShackAPI:v1.0.0')?.uuid).toBe(api.id);
      expect(artifacts.localEntries.find(api.id)?.value).toBe(DEFINITION);
      expect(artifacts.endpoints.all()).toHaveLength(1);
    }
    expect(other.artifacts.apis.all()).toEqual([]);
  });

  it('is forgotten once it is removed, and not loaded any more', async () => {
    hub = await startHub();
    const api = sampleApi({ gatewayEnvironments: [LABEL] });
    const publisher = await startPublisher(SAVING);
    await publisher.deployer.publish(api, DEFINITION, false);
    const gateway = await startGateway([LABEL]);
    await gateway.synchronizer.load();
    await publisher.deployer.remove(api);
    expect(publisher.told.at(-1)).toEqual({ instruction: 'Remove', id: api.id, gatewayLabels: [LABEL] });

    await gateway.synchronizer.remove({ apiId: api.id, gatewayLabels: [LABEL] });
    const started = await startGateway([LABEL]);
    await started.synchronizer.load();
    for (const { artifacts } of [gateway, started]) expect(artifacts.apis.all()).toEqual([]);
  });

  it('is found by name and version, and deployed anew on request', async () => {
    hub = await startHub();
    const api = sampleApi({ id: 'named', name: 'Named', gatewayEnvironments: [LABEL] });
    await (await startPublisher(SAVING)).deployer.publish(api, DEFINITION, false);
    const { artifacts, synchronizer } = await startGateway([LABEL]);

    expect(await synchronizer.attributes('Nobody', '1.0.0', 'carbon.super')).toEqual({ apiId: null, label: null });
    const attributes = await synchronizer.attributes('Named', '1.0.0', 'carbon.super');
    expect(attributes).toEqual({ apiId: api.id, label: LABEL });
    await synchronizer.redeploy(attributes);
    expect(artifacts.apis.all()).toHaveLength(1);
  });

  it('is neither saved for nor told to a gateway that is called first and refuses', async () => {
    const publisher = await startPublisher({ ...SAVING, publish_directly_to_gateway: true });
    const api = sampleApi({ id: 'refused', gatewayEnvironments: [LABEL] });

    expect(await publisher.deployer.publish(api, DEFINITION, false)).toMatchObject([
      { environment: LABEL, failure: expect.stringContaining('ECONNREFUSED') },
    ]);
    expect(publisher.told).toEqual([]);
    expect(await portal.apim.query("SELECT 1 FROM AM_GW_API_ARTIFACTS WHERE API_ID = 'refused'")).toEqual([]);
  });

  it('fails everywhere where an extension should save it that is not simulated', async () => {
    const { deployer, complaints, told } = await startPublisher({ artifact_saver: 'GitHubSaver' });

    expect(await deployer.publish(sampleApi({ gatewayEnvironments: [LABEL] }), DEFINITION, false)).toMatchObject([
      { environment: LABEL, failure: expect.stringContaining('GitHubSaver') },
    ]);
    expect(complaints).toEqual(['Not simulated: artifact_saver "GitHubSaver"']);
    expect(told).toEqual([]);
  });
});

describe('the event hub', () => {
  it('shows what is saved as gateways of the product read it', async () => {
    hub = await startHub();
    const api = sampleApi({ id: 'shown', name: 'Shown', gatewayEnvironments: ['Sandbox'] });
    await (await startPublisher(SAVING)).deployer.publish(api, DEFINITION, false);
    const path = '/internal/data/v1';
    const one = `${path}/synapse-artifacts?apiId=shown&gatewayLabel=Sandbox&gatewayInstruction=`;

    const found = await hub.request(`${one}Publish`);
    expect(JSON.parse(found.text)).toMatchObject({
      name: 'Shown',
      version: '1.0.0',
      provider: 'admin',
      tenantDomain: 'carbon.super',
      apiId: 'shown',
      apiDefinition: expect.stringContaining('name="admin--Shown:v1.0.0"'),
      localEntriesToBeAdd: [{ name: 'shown', content: expect.stringContaining('<localEntry') }],
    });
    expect(await hub.request(`${one}ANY`)).toEqual(found);
    expect(await hub.request(`${one}Remove`)).toEqual({ status: 200, text: '' });

    const all = JSON.parse((await hub.request(`${path}/gateway-synapse-artifacts?gatewayLabel=Sandbox`)).text);
    expect(all.list).toContain(found.text);
    expect(all.count).toBe(all.list.length);
    const attributes = await hub.request(`${path}/synapse-attributes?apiName=Shown&version=1.0.0`);
    expect(JSON.parse(attributes.text)).toMatchObject({ apiId: 'shown', label: 'Sandbox' });
  });
});
