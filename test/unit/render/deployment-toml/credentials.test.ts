import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { FIVE_NODES, planNodes, planTopology } from '../plan-topology.ts';
import { renderedKeys } from '../rendered-keys.ts';

describe('references to the super admin', () => {
  it.each(VERSIONS)('are of the kind that is resolved where they stand (%s)', (version) => {
    const plan = planNodes(FIVE_NODES, version);
    for (const { name } of plan.nodes) {
      for (const [key, value] of renderedKeys(plan, name)) {
        if (typeof value !== 'string' || !value.includes('{')) continue;
        // The mapper looks into no table of an array; Carbon replaces its own placeholders there at run time.
        expect([key, value]).toEqual([
          key,
          key.includes('[')
            ? expect.stringMatching(/^\$\{admin\.\w+\}$/)
            : expect.stringMatching(/^\$ref\{super_admin\.\w+\}$/),
        ]);
      }
    }
  });
});

describe('credentials of the topology', () => {
  const plan = planTopology({
    admin: { username: 'root@corp', password: 'a&b<c>"\\d' },
    database: { apim: { password: 'x&y' } },
  });

  it('are written for the XML files they are copied into', () => {
    const keys = renderedKeys(plan, 'km-1');
    expect(keys.get('super_admin.username')).toBe('root@corp');
    expect(keys.get('super_admin.password')).toBe('a&amp;b&lt;c>"\\d');
    expect(keys.get('database.apim_db.password')).toBe('x&amp;y');
  });

  it('are the same on every node', () => {
    const passwords = plan.nodes.map(({ name }) => renderedKeys(plan, name).get('super_admin.password'));
    expect(new Set(passwords).size).toBe(1);
  });
});

describe('the data sources', () => {
  const url = 'database.shared_db.url';

  it('leave URL and driver to be inferred by the simulator', () => {
    const keys = renderedKeys(planTopology(), 'km-1');
    expect([keys.has(url), keys.has('database.shared_db.driver')]).toEqual([false, false]);
  });

  it('tell the product how to talk to a MySQL that it is older than', () => {
    const plan = planTopology({ image: 'wso2/wso2am:3.0.0' });
    const keys = renderedKeys(plan, 'km-1');
    expect(keys.get('database.shared_db.driver')).toBe('com.mysql.cj.jdbc.Driver');
    expect(keys.get(url)).toBe(
      'jdbc:mysql://mysql.sample.test:3306/shared_db?autoReconnect=true&amp;useSSL=false&amp;allowPublicKeyRetrieval=true',
    );
  });
});

describe('key stores', () => {
  it('are one for TLS and another that all nodes share', () => {
    const keys = renderedKeys(planTopology(), 'gw-1');
    expect(keys.get('keystore.tls.file_name')).toBe('wso2carbon.jks');
    expect(keys.get('keystore.primary.file_name')).toBe('primary.jks');
    expect(keys.get('truststore.file_name')).toBe('client-truststore.jks');
  });
});
