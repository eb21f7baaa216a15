import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { planNodes } from '../plan-topology.ts';
import { renderedKeys } from '../rendered-keys.ts';

describe.each(VERSIONS)('an all-in-one of %s', (version) => {
  it('leaves what it does itself to the defaults, which are itself', () => {
    const keys = renderedKeys(planNodes([{ role: 'all-in-one' }], version), 'aio-1');
    for (const key of [
      'apim.key_manager.service_url',
      'apim.throttling.service_url',
      'apim.throttling.throttle_decision_endpoints',
      'apim.throttling.url_group[0].traffic_manager_urls',
      'apim.oauth_config.revoke_endpoint',
    ]) {
      expect([key, keys.get(key)]).toEqual([key, undefined]);
    }
  });

  it('deploys APIs to itself and sends clients to the load balancer', () => {
    const keys = renderedKeys(planNodes([{ role: 'all-in-one', offset: 2 }], version), 'aio-1');
    const environment = 'apim.gateway.environment[0]';
    expect(keys.get(`${environment}.service_url`)).toBe('https://aio-1.sample.test:9445/services/');
    expect(keys.get(`${environment}.https_endpoint`)).toBe('https://apim-gateway.sample.test');
  });

  it('in a pair sends its events to both and calls itself for the rest', () => {
    const keys = renderedKeys(planNodes([{ role: 'all-in-one', replicas: 2 }], version), 'aio-2');
    expect(keys.get('apim.throttling.url_group[0].traffic_manager_urls')).toEqual(['tcp://aio-1.sample.test:9611']);
    expect(keys.get('apim.throttling.url_group[1].traffic_manager_urls')).toEqual(['tcp://aio-2.sample.test:9611']);
    expect(keys.get('apim.throttling.event_duplicate_url')).toEqual(
      version === '3.2.0' ? ['tcp://aio-1.sample.test:5672'] : undefined,
    );
    expect(keys.get('apim.gateway.environment[0].service_url')).toBe('https://aio-2.sample.test:9443/services/');
    expect(keys.has('apim.throttling.throttle_decision_endpoints')).toBe(false);
  });

  it('is Key Manager and Traffic Manager to gateways beside it', () => {
    const plan = planNodes([{ role: 'all-in-one' }, { role: 'gateway', replicas: 2 }], version);
    const gateway = renderedKeys(plan, 'gw-1');
    expect(gateway.get('apim.key_manager.service_url')).toBe('https://apim.sample.test/services/');
    expect(gateway.get('apim.throttling.throttle_decision_endpoints')).toEqual(['tcp://aio-1.sample.test:5672']);
    expect(renderedKeys(plan, 'aio-1').get('apim.gateway.environment[0].service_url')).toBe(
      'https://gateway-mgt.sample.test/services/',
    );
  });
});
