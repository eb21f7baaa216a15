import { describe, expect, it } from 'vitest';
import { gatewayEnvironments } from '../../../../compose/wso2am/server/config/gateway-environments.ts';
import { nodeOf } from './node.ts';
import { SAMPLES } from './samples.ts';

const LEAST = { name: 'Production', type: 'hybrid', service_url: 'https://gw:9443/services/' };

const environmentsOf = (...tables: readonly Readonly<Record<string, string | boolean>>[]) => {
  const { configuration, properties } = nodeOf('publisher', { 'apim.gateway.environment': tables });
  return gatewayEnvironments(configuration, properties);
};

describe('gateway environments', () => {
  it("read the Portal's sample, with the administrator put in at run time", () => {
    const { configuration, properties } = nodeOf('developer-portal', SAMPLES['Developer Portal']);

    expect(gatewayEnvironments(configuration, properties)).toEqual({
      environments: [
        {
          name: 'Production and Sandbox',
          type: 'hybrid',
          displayInApiConsole: true,
          showAsTokenEndpointUrl: true,
          description: 'This is a hybrid gateway that handles both production and sandbox token traffic.',
          serviceUrl: 'https://gw.wso2.com:9447/services/',
          username: 'admin',
          password: 'admin',
          gatewayEndpoint: 'https://gw.wso2.com:8247,http://gw.wso2.com:8284',
          webSocketEndpoint: 'ws://gw.wso2.com:9099',
        },
      ],
      warnings: [],
    });
  });

  it('take absent sub-keys as the product renders them: false, or empty', () => {
    expect(environmentsOf(LEAST).environments).toEqual([
      {
        name: 'Production',
        type: 'hybrid',
        displayInApiConsole: false,
        showAsTokenEndpointUrl: false,
        description: '',
        serviceUrl: 'https://gw:9443/services/',
        username: '',
        password: '',
        gatewayEndpoint: '',
        webSocketEndpoint: '',
      },
    ]);
  });

  it.each([
    [{ https_endpoint: 'https://gw:8243' }, 'gatewayEndpoint', 'https://gw:8243'],
    [{ http_endpoint: 'http://gw:8280' }, 'gatewayEndpoint', 'http://gw:8280'],
    [{ wss_endpoint: 'wss://gw:8099', ws_endpoint: 'ws://gw:9099' }, 'webSocketEndpoint', 'ws://gw:9099,wss://gw:8099'],
    [{ wss_endpoint: 'wss://gw:8099' }, 'webSocketEndpoint', 'wss://gw:8099'],
  ] as const)('join the endpoints given: %j', (endpoints, field, expected) => {
    expect(environmentsOf({ ...LEAST, ...endpoints }).environments[0]?.[field]).toBe(expected);
  });

  it('ignore the second of two with one name and say so', () => {
    const { environments, warnings } = environmentsOf(
      LEAST,
      { ...LEAST, service_url: 'https://other/' },
      { ...LEAST, name: 'b' },
    );

    expect(environments.map((each) => [each.name, each.serviceUrl])).toEqual([
      ['Production', LEAST.service_url],
      ['b', LEAST.service_url],
    ]);
    expect(warnings).toEqual(['Duplicate environment name found in api-manager.xml']);
  });

  it.each(['name', 'type', 'service_url'])('need a %s', (key) => {
    const table = Object.fromEntries(Object.entries(LEAST).filter(([each]) => each !== key));

    expect(() => environmentsOf(table)).toThrow(
      `Configuration with key apim.gateway.environment[0].${key} doesn't exist`,
    );
  });

  it('need a type that exists', () => {
    expect(() => environmentsOf({ ...LEAST, type: 'both' })).toThrow('the unknown type "both"');
  });
});
