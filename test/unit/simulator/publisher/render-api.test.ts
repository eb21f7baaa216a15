import { describe, expect, it } from 'vitest';
import {
  renderApi,
  renderDefaultApi,
} from '../../../../compose/wso2am/server/publisher/gateway-deployer/render-api.ts';
import { renderEndpoint } from '../../../../compose/wso2am/server/publisher/gateway-deployer/render-endpoint.ts';
import { handlerOf, readApi } from '../../../../compose/wso2am/server/synapse/api-artifact.ts';
import { readEndpoint } from '../../../../compose/wso2am/server/synapse/endpoint-artifact.ts';
import { sampleApi } from './sample-api.ts';

describe('the synapse API', () => {
  it('has one resource for each URI template, with its verbs', () => {
    const { name, context, resources } = readApi(renderApi(sampleApi()));

    expect({ name, context }).toEqual({ name: 'admin--PizzaShackAPI:v1.0.0', context: '/pizzashack/1.0.0' });
    expect(resources).toMatchObject([
      { template: '/menu', methods: ['GET', 'POST'] },
      { template: '/order/{id}', methods: ['GET'] },
    ]);
  });

  it('sends keys without an endpoint of their kind to the error sequence', () => {
    const text = renderApi(sampleApi());

    expect(text).toContain('<else><sequence key="_sandbox_key_error_"/></else>');
    expect(readApi(text).resources[0]?.route).toEqual({
      kind: 'endpoints',
      production: { kind: 'named', name: 'PizzaShackAPI--v1.0.0_APIproductionEndpoint' },
      sandbox: undefined,
    });
  });

  it('asks for no credentials while it is a prototype', () => {
    const { handlers } = readApi(renderApi(sampleApi({ status: 'PROTOTYPED' })));

    expect(handlers.map(({ name }) => name)).toEqual([
      'APIMgtLatencyStatsHandler',
      'CORSRequestHandler',
      'APIMgtUsageHandler',
      'APIManagerExtensionHandler',
    ]);
  });

  it('leads nowhere while it is blocked', () => {
    const { resources, handlers } = readApi(renderApi(sampleApi({ status: 'BLOCKED' })));

    expect(resources.map(({ route }) => route)).toEqual([{ kind: 'blocked' }, { kind: 'blocked' }]);
    expect(handlers.some(({ name }) => name === 'APIAuthenticationHandler')).toBe(true);
  });

  it('has the schema validator last where the API asks for it, else not at all', () => {
    const asked = readApi(renderApi(sampleApi({ enableSchemaValidation: true })));

    expect(asked.handlers.at(-1)?.name).toBe('SchemaValidator');
    expect(handlerOf(readApi(renderApi(sampleApi())), 'SchemaValidator')).toBeUndefined();
  });

  it('tells the handlers how the API is secured, throttled and shared across origins', () => {
    const api = sampleApi({
      authorizationHeader: 'X-Auth',
      apiThrottlingPolicy: '10KPerMin',
      maxTps: { production: 5 },
      corsConfiguration: {
        corsConfigurationEnabled: true,
        accessControlAllowOrigins: ['https://a.lab', 'https://b.lab'],
        accessControlAllowCredentials: true,
        accessControlAllowHeaders: ['X-A'],
        accessControlAllowMethods: ['GET'],
      },
    });

    const artifact = readApi(renderApi(api));

    expect(handlerOf(artifact, 'APIAuthenticationHandler')?.properties).toMatchObject({
      AuthorizationHeader: 'X-Auth',
      APISecurity: 'oauth2,oauth_basic_auth_api_key_mandatory',
      APILevelPolicy: '10KPerMin',
      apiUUID: api.id,
    });
    expect(handlerOf(artifact, 'ThrottleHandler')?.properties).toMatchObject({ productionMaxCount: '5' });
    expect(handlerOf(artifact, 'CORSRequestHandler')?.properties).toMatchObject({
      allowedOrigins: 'https://a.lab,https://b.lab',
      allowCredentials: 'true',
    });
  });

  it('puts the version where the context wants it', () => {
    const api = sampleApi({ context: '/{version}/pizza' });

    expect(readApi(renderApi(api)).context).toBe('/1.0.0/pizza');
    expect(readApi(renderDefaultApi(api)).context).toBe('/pizza');
  });

  it('cannot be broken out of by what an API says of itself', () => {
    const hostile = `"/><evil a='&`;
    const api = sampleApi({ authorizationHeader: hostile, securityScheme: [hostile] });

    expect(handlerOf(readApi(renderApi(api)), 'APIAuthenticationHandler')?.properties).toMatchObject({
      AuthorizationHeader: hostile,
      APISecurity: hostile,
    });
  });
});

describe('the default version', () => {
  it('calls the version on the gateway itself', () => {
    const artifact = readApi(renderDefaultApi(sampleApi()));

    expect(artifact).toMatchObject({ name: 'admin--PizzaShackAPI', context: '/pizzashack', version: undefined });
    expect(artifact.resources[0]?.route).toEqual({ kind: 'version', context: '/pizzashack/1.0.0' });
  });
});

describe('an endpoint', () => {
  it('keeps the query of its URL', () => {
    const { name, target } = readEndpoint(renderEndpoint('A--v1_APIproductionEndpoint', 'http://b:1/a?b=1&c=2'));

    expect({ name, url: target?.href }).toEqual({ name: 'A--v1_APIproductionEndpoint', url: 'http://b:1/a?b=1&c=2' });
  });
});
