import { describe, expect, it } from 'vitest';
import { planServices } from '../../../lab/render/compose/services.ts';
import { shareVolumes } from '../../../lab/render/compose/share-mounts.ts';
import { ALL_PAIRS, FIVE_NODES, planTopology } from './plan-topology.ts';
import { renderedKeys } from './rendered-keys.ts';

const HOME = '/home/wso2carbon/wso2am-3.0.0/repository/deployment/server/synapse-configs';
const BY_RSYNC = { apis: 'rsync', rsyncInterval: 7 } as const;

const SERVICE_URL = 'apim.gateway.environment[0].service_url';
const HTTPS_ENDPOINT = 'apim.gateway.environment[0].https_endpoint';

describe('gateways whose APIs rsync copies', () => {
  const plan = planTopology({ nodes: [...ALL_PAIRS, { role: 'gateway' }], sharedFileSystem: BY_RSYNC });
  const services = planServices(plan);

  it('are deployed to at the first, and called through the load balancer', () => {
    for (const node of ['pub-1', 'dev-2']) {
      const keys = renderedKeys(plan, node);
      expect(keys.get(SERVICE_URL)).toBe('https://gw-1.sample.test:9443/services/');
      expect(keys.get(HTTPS_ENDPOINT)).toBe('https://gateway.sample.test');
    }
    const deployments = plan.links.filter(({ key }) => key === 'apim.gateway.environment.service_url');
    expect(new Set(deployments.map(({ to }) => to))).toEqual(new Set(['gw-1']));
  });

  it('have a directory each, which only the first may write', () => {
    expect(services['gw-1']?.volumes).toContain(`gw-1-synapse-configs:${HOME}`);
    expect(services['gw-2']?.volumes).toContain(`gw-2-synapse-configs:${HOME}:ro`);
    expect(services['gw-3']?.volumes).toContain(`gw-3-synapse-configs:${HOME}:ro`);
  });

  it('are copied to from the first, which the copying cannot change', () => {
    expect(services.rsync).toMatchObject({
      environment: { INTERVAL: '7', WORKERS: 'gw-2 gw-3' },
      volumes: [
        'gw-1-synapse-configs:/manager:ro',
        'gw-2-synapse-configs:/workers/gw-2',
        'gw-3-synapse-configs:/workers/gw-3',
      ],
    });
  });

  it('leave the share to the Traffic Managers', () => {
    expect(plan.share?.directories).toEqual(['executionplans']);
    expect(shareVolumes(plan)).not.toHaveProperty('synapse-configs');
  });

  it('may be all-in-ones, which then all deploy to the first', () => {
    const pair = planTopology({ nodes: [{ role: 'all-in-one', replicas: 2 }], sharedFileSystem: BY_RSYNC });
    expect(renderedKeys(pair, 'aio-2').get(SERVICE_URL)).toBe('https://aio-1.sample.test:9443/services/');
    expect(planServices(pair)['aio-2']?.volumes).toContain(`aio-2-synapse-configs:${HOME}:ro`);
  });

  it('need no copying when there is one', () => {
    const alone = planTopology({ nodes: [...FIVE_NODES], sharedFileSystem: BY_RSYNC });
    expect(alone.sync).toBeUndefined();
    expect(planServices(alone)).not.toHaveProperty('rsync');
  });
});
