import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../lab/errors/lab-error.ts';
import { planTopology } from '../plan-topology.ts';
import { renderedKeys } from '../rendered-keys.ts';

/** The keys of a gateway in a lab with extra keys of its own. */
const gatewayWith = (own: string, labWide?: string): ReadonlyMap<string, unknown> =>
  renderedKeys(
    planTopology({
      nodes: [
        { role: 'key-manager' },
        { role: 'traffic-manager', replicas: 2 },
        { role: 'publisher' },
        { role: 'developer-portal' },
        { role: 'gateway', toml: own },
      ],
      ...(labWide !== undefined && { toml: labWide }),
    }),
    'gw-1',
  );

describe('extra keys of a topology', () => {
  it('stand beside the rendered ones of their table', () => {
    const keys = gatewayWith('[apim.throttling]\nenable_header_based_throttling = true\n');
    expect(keys.get('apim.throttling.enable_header_based_throttling')).toBe(true);
    expect(keys.get('apim.throttling.throttle_decision_endpoints')).toHaveLength(2);
  });

  it('replace a scalar or a list', () => {
    const keys = gatewayWith('[apim.cors]\nallow_credentials = true\nallow_methods = ["GET"]\n');
    expect(keys.get('apim.cors.allow_credentials')).toBe(true);
    expect(keys.get('apim.cors.allow_methods')).toEqual(['GET']);
  });

  it('replace an array of tables as a whole', () => {
    const keys = gatewayWith('[[apim.throttling.url_group]]\ntraffic_manager_urls = ["tcp://elsewhere.test:9611"]\n');
    expect(keys.get('apim.throttling.url_group[0].traffic_manager_urls')).toEqual(['tcp://elsewhere.test:9611']);
    expect(keys.has('apim.throttling.url_group[0].traffic_manager_auth_urls')).toBe(false);
    expect(keys.has('apim.throttling.url_group[1].traffic_manager_urls')).toBe(false);
  });

  it("of the node win over the lab's", () => {
    const keys = gatewayWith('[apim.jwt]\nenable = true\n', '[apim.jwt]\nenable = false\nheader = "X-JWT"\n');
    expect(keys.get('apim.jwt.enable')).toBe(true);
    expect(keys.get('apim.jwt.header')).toBe('X-JWT');
  });

  it('keep quoted keys and placeholders as they are', () => {
    const keys = gatewayWith(`[custom]\n'a.b' = "$env{HOME}"\nport = 9443\n`);
    expect(keys.get('custom.a.b')).toBe('$env{HOME}');
    expect(keys.get('custom.port')).toBe(9443);
  });

  it('of mixed types in one list are refused with the node named, for the product reads TOML 0.5', () => {
    const render = () => gatewayWith('[custom]\nlist = [1, "two"]\n');
    expect(render).toThrow(LabError);
    expect(render).toThrow(/gw-1/);
  });
});
