import { describe, expect, it } from 'vitest';
import { datasource } from '../../../compose/wso2am/server/config/datasource.ts';
import { decisionEndpoints } from '../../../compose/wso2am/server/config/decision-endpoints.ts';
import { loadConfiguration } from '../../../compose/wso2am/server/config/load-configuration.ts';
import { receiverUrlGroups } from '../../../compose/wso2am/server/config/url-groups.ts';
import type { Plan } from '../../../lab/plan/plan.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { renderDeploymentToml } from '../../../lab/render/deployment-toml/render-deployment-toml.ts';
import { ALL_PAIRS, FIVE_NODES, nodeNamed, planNodes, planTopology } from '../../unit/render/plan-topology.ts';

/** What the config mapper's rules make of a rendered file. */
const configurationOf = (plan: Plan, node: string) =>
  loadConfiguration({
    text: renderDeploymentToml(plan, nodeNamed(plan, node)),
    version: plan.version,
    environment: {},
    systemProperties: {},
  });

const SHAPES = [
  ['five nodes', FIVE_NODES],
  ['pairs', ALL_PAIRS],
  ['an all-in-one pair', [{ role: 'all-in-one', replicas: 2 }]],
] as const;

describe.each(VERSIONS)("the config mapper's rules for %s", (version) => {
  it.each(SHAPES)('accept every rendered file, references included (%s)', (_shape, nodes) => {
    const plan = planNodes(nodes, version);
    for (const { name } of plan.nodes) {
      const configuration = configurationOf(plan, name);
      expect(configuration.text('apim.throttling.username')).toBe('admin');
      expect(configuration.text('keystore.internal.file_name')).toBe('primary.jks');
    }
  });

  it('know every role by its name, so that they infer what it leaves out', () => {
    const plan = planNodes(FIVE_NODES, version);
    const publishes = (node: string) => configurationOf(plan, node).flag('apim.throttling.enable_data_publishing');
    expect(['km-1', 'pub-1', 'dev-1', 'gw-1'].map(publishes)).toEqual([false, true, false, true]);
  });

  it('find each schema where the plan has it', () => {
    const password = `a&b<c>"\\d'`;
    const plan = planTopology({ version, database: { shared: { name: 'users', username: 'u', password } } });
    for (const { name } of plan.nodes) {
      expect(datasource(configurationOf(plan, name), 'shared_db')).toMatchObject({
        url: 'jdbc:mysql://mysql.sample.test:3306/users',
        driver: 'com.mysql.jdbc.Driver',
        username: 'u',
        password,
      });
    }
    expect(datasource(configurationOf(plan, 'gw-1'), 'apim_db').url).toMatch(/^jdbc:h2:/);
  });

  it('give the product a URL whose parameters survive the XML file', () => {
    const plan = planTopology({ version, image: 'wso2/wso2am' });
    expect(datasource(configurationOf(plan, 'km-1'), 'apim_db')).toMatchObject({
      url: 'jdbc:mysql://mysql.sample.test:3306/apim_db?autoReconnect=true&useSSL=false&allowPublicKeyRetrieval=true',
      driver: 'com.mysql.cj.jdbc.Driver',
    });
  });

  it('send the events of a gateway to both Traffic Managers and let it listen to either', () => {
    const configuration = configurationOf(planNodes(ALL_PAIRS, version), 'gw-1');
    expect(receiverUrlGroups(configuration, new Map()).map(({ urls, authUrls }) => [urls, authUrls])).toEqual([
      [['tcp://tm-1.sample.test:9611'], ['ssl://tm-1.sample.test:9711']],
      [['tcp://tm-2.sample.test:9611'], ['ssl://tm-2.sample.test:9711']],
    ]);
    expect(decisionEndpoints(configuration, new Map())).toEqual([
      'tcp://tm-1.sample.test:5672',
      'tcp://tm-2.sample.test:5672',
    ]);
  });
});
