import { describe, expect, it } from 'vitest';
import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes } from '../plan-topology.ts';
import { renderedKeys } from '../rendered-keys.ts';

const FIVE = ['km-1', 'tm-1', 'pub-1', 'dev-1', 'gw-1'] as const;

/** Nodes of a five-node lab whose file has the key. */
const nodesWith = (key: string, version: Version): readonly string[] => {
  const plan = planNodes(FIVE_NODES, version);
  return FIVE.filter((node) => [...renderedKeys(plan, node).keys()].some((each) => each.startsWith(key)));
};

const valueOn = (node: string, key: string, version: Version): unknown =>
  renderedKeys(planNodes(FIVE_NODES, version), node).get(key);

describe('what changed between versions', () => {
  it('names the portal api-store in 3.0.0 only', () => {
    expect(VERSIONS.map((version) => valueOn('dev-1', 'server.server_role', version))).toEqual([
      'api-store',
      'api-devportal',
      'api-devportal',
    ]);
  });

  it('revokes at the gateway in 3.0.0 and at the Key Manager since', () => {
    expect(VERSIONS.map((version) => valueOn('dev-1', 'apim.oauth_config.revoke_endpoint', version))).toEqual([
      'https://gw-1.sample.test:8243/revoke',
      'https://km-1.sample.test:9443/oauth2/revoke',
      'https://km-1.sample.test:9443/oauth2/revoke',
    ]);
  });

  it('makes user ids unique in 3.2.0', () => {
    expect(VERSIONS.map((version) => valueOn('gw-1', 'user_store.type', version))).toEqual([
      'database',
      'database',
      'database_unique_id',
    ]);
  });

  // Rows of configuration.md 6.1, in the order 3.0.0, 3.1.0, 3.2.0.
  it.each([
    ['database.shared_db', [FIVE, FIVE, FIVE]],
    [
      'database.apim_db',
      [
        ['km-1', 'pub-1', 'dev-1'],
        ['km-1', 'pub-1', 'dev-1'],
        ['km-1', 'tm-1', 'pub-1', 'dev-1'],
      ],
    ],
    [
      'apim.gateway.environment',
      [
        ['km-1', 'pub-1', 'dev-1'],
        ['km-1', 'pub-1', 'dev-1'],
        ['pub-1', 'dev-1'],
      ],
    ],
    [
      'apim.key_manager',
      [
        ['dev-1', 'gw-1'],
        ['dev-1', 'gw-1'],
        ['tm-1', 'pub-1', 'dev-1', 'gw-1'],
      ],
    ],
    ['apim.throttling.service_url', [['pub-1'], ['pub-1'], ['pub-1', 'dev-1', 'gw-1']]],
    [
      'apim.throttling.throttle_decision_endpoints',
      [
        ['pub-1', 'gw-1'],
        ['km-1', 'pub-1', 'gw-1'],
        ['pub-1', 'dev-1', 'gw-1'],
      ],
    ],
    [
      'apim.throttling.url_group',
      [
        ['km-1', 'pub-1', 'gw-1'],
        ['km-1', 'pub-1', 'gw-1'],
        ['km-1', 'pub-1', 'dev-1', 'gw-1'],
      ],
    ],
    ['apim.devportal.url', [['pub-1'], ['pub-1'], ['pub-1']]],
    [
      'apim.oauth_config.revoke_endpoint',
      [
        ['km-1', 'dev-1'],
        ['km-1', 'dev-1'],
        ['km-1', 'dev-1'],
      ],
    ],
    ['event_listener', [[], [], ['km-1']]],
    ['apim.throttling.event_duplicate_url', [[], [], []]],
  ])('puts %s into the files that need it', (key, expected) => {
    expect(VERSIONS.map((version) => nodesWith(key, version))).toEqual(expected);
  });
});

describe('Traffic Managers of 3.2.0', () => {
  it('repeat events to each other in a pair', () => {
    const plan = planNodes(ALL_PAIRS, '3.2.0');
    const key = 'apim.throttling.event_duplicate_url';
    expect(renderedKeys(plan, 'tm-1').get(key)).toEqual(['tcp://tm-2.sample.test:5672']);
    expect(renderedKeys(plan, 'tm-2').get(key)).toEqual(['tcp://tm-1.sample.test:5672']);
  });

  it('of three each start their list with the next one, for the product connects to the first that answers', () => {
    const plan = planNodes([...FIVE_NODES, { role: 'traffic-manager', replicas: 2 }], '3.2.0');
    const first = (node: string) => renderedKeys(plan, node).get('apim.throttling.event_duplicate_url');
    expect(first('tm-1')).toEqual(['tcp://tm-2.sample.test:5672', 'tcp://tm-3.sample.test:5672']);
    expect(first('tm-2')).toEqual(['tcp://tm-3.sample.test:5672', 'tcp://tm-1.sample.test:5672']);
    expect(first('tm-3')).toEqual(['tcp://tm-1.sample.test:5672', 'tcp://tm-2.sample.test:5672']);
  });

  it('hear of revoked tokens from the Key Manager, in a pair through the load balancer', () => {
    const key = 'event_listener[0].properties.notification_endpoint';
    expect(valueOn('km-1', key, '3.2.0')).toBe('https://tm-1.sample.test:9443/internal/data/v1/notify');
    expect(renderedKeys(planNodes(ALL_PAIRS, '3.2.0'), 'km-2').get(key)).toBe(
      'https://tm.sample.test/internal/data/v1/notify',
    );
  });
});

describe('a Traffic Manager of any version', () => {
  it('listens to its own broker', () => {
    for (const version of VERSIONS) {
      const keys = renderedKeys(planNodes(ALL_PAIRS, version), 'tm-1');
      expect(keys.has('apim.throttling.throttle_decision_endpoints')).toBe(false);
    }
  });
});
