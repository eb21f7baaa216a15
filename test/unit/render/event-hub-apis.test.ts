import { describe, expect, it } from 'vitest';
import { planServices } from '../../../lab/render/compose/services.ts';
import { ALL_PAIRS, planTopology } from './plan-topology.ts';
import { renderedKeys } from './rendered-keys.ts';

const BY_EVENT_HUB = { version: '3.2.0', sharedFileSystem: { apis: 'event-hub' } } as const;

const PUBLISHER = 'apim.sync_runtime_artifacts.publisher';
const GATEWAY = 'apim.sync_runtime_artifacts.gateway';

describe('gateways that fetch their APIs from the event hub', () => {
  const plan = planTopology({ ...BY_EVENT_HUB, nodes: [...ALL_PAIRS] });

  it('are told the label that Publishers save for, which is the name of their environment', () => {
    for (const node of ['pub-1', 'pub-2']) {
      const keys = renderedKeys(plan, node);
      expect(keys.get(`${PUBLISHER}.artifact_saver`)).toBe('DBSaver');
      expect(keys.get(`${PUBLISHER}.publish_directly_to_gateway`)).toBe(false);
      expect(keys.get('apim.gateway.environment[0].name')).toBe('Production and Sandbox');
    }
    for (const node of ['gw-1', 'gw-2']) {
      const keys = renderedKeys(plan, node);
      expect(keys.get(`${GATEWAY}.gateway_labels`)).toEqual(['Production and Sandbox']);
      expect(keys.get(`${GATEWAY}.artifact_retriever`)).toBe('DBRetriever');
    }
    for (const node of ['km-1', 'tm-1', 'dev-1'])
      expect([...renderedKeys(plan, node).keys()].filter((key) => key.includes('sync_runtime'))).toEqual([]);
  });

  it('share no APIs and are called by no Publisher', () => {
    expect(plan.share?.directories).toEqual(['executionplans']);
    expect(planServices(plan)).not.toHaveProperty('rsync');
    expect(plan.links.filter(({ from, key }) => from.startsWith('pub-') && key.includes('environment'))).toEqual([]);
  });

  it('may be all-in-ones, which save and fetch', () => {
    const pair = planTopology({ ...BY_EVENT_HUB, nodes: [{ role: 'all-in-one', replicas: 2 }] });
    const keys = renderedKeys(pair, 'aio-2');
    expect(keys.get(`${PUBLISHER}.artifact_saver`)).toBe('DBSaver');
    expect(keys.get(`${GATEWAY}.gateway_labels`)).toEqual(['Production and Sandbox']);
  });
});
