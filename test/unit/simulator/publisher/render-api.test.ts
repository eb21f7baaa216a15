import { describe, expect, it } from 'vitest';
import {
  renderApi,
  renderDefaultApi,
} from '../../../../compose/wso2am/server/publisher/gateway-deployer/render-api.ts';
import { renderEndpoints } from '../../../../compose/wso2am/server/publisher/gateway-deployer/render-endpoints.ts';
import type { Api } from '../../../../compose/wso2am/server/publisher/model/api.ts';
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

const NAME = 'PizzaShackAPI--v1.0.0_APIproductionEndpoint';

/** The production endpoint that a gateway reads. */
const rendered = (endpointConfig: Api['endpointConfig']) => {
  const [endpoint] = renderEndpoints(sampleApi({ endpointConfig }));
  return endpoint && readEndpoint(endpoint.content);
};

describe('an endpoint', () => {
  it('keeps the query of its URL, and leaves time-outs to the gateway', () => {
    expect(rendered({ production_endpoints: { url: 'http://b:1/a?b=1&c=2' } })).toMatchObject({
      name: NAME,
      target: new URL('http://b:1/a?b=1&c=2'),
      timeout: 120_000,
      suspension: { initialDuration: 30_000, errorCodes: undefined },
    });
  });

  it('has the time-out and the suspension that its API asks for, whichever way they are written', () => {
    const config = {
      actionSelect: 'fault',
      actionDuration: '5000',
      suspendErrorCode: ['101503', '101504'],
      suspendDuration: 1000,
      suspendMaxDuration: '',
      factor: '2.0',
      retryErroCode: '101505',
      retryTimeOut: 3,
      retryDelay: null,
    };

    expect(rendered({ production_endpoints: { url: 'http://b', config } })).toMatchObject({
      timeout: 5000,
      suspension: {
        errorCodes: [101503, 101504],
        initialDuration: 1000,
        progressionFactor: 2,
        markingCodes: [101505],
        retriesBeforeSuspension: 3,
        retryDelay: 0,
      },
    });
  });

  it('is a group where calls are balanced or fail over', () => {
    const at = (host: string) => ({ url: `http://${host}`, endpoint_type: 'http' });
    const [a, b, c] = [at('a'), at('b'), at('c')] as const;
    const balanced = rendered({ endpoint_type: 'load_balance', production_endpoints: [a, b], algoClassName: '' });
    const failingOver = rendered({
      endpoint_type: 'failover',
      production_endpoints: a,
      production_failovers: [b, c],
    });

    expect(balanced?.group).toMatchObject({
      kind: 'loadbalance',
      members: [{ name: `${NAME}_0` }, { name: `${NAME}_1` }],
    });
    expect(failingOver?.group?.kind).toBe('failover');
    expect(failingOver?.group?.members.map(({ target }) => target?.host)).toEqual(['a', 'b', 'c']);
  });

  it('with sessions says so, which gateways cannot do', () => {
    const endpointConfig = {
      endpoint_type: 'load_balance',
      production_endpoints: [{ url: 'http://a' }],
      sessionManagement: 'transport',
      sessionTimeOut: 300,
    };

    expect(renderEndpoints(sampleApi({ endpointConfig }))[0]?.content).toContain(
      '<session type="http"><sessionTimeout>300</sessionTimeout></session>',
    );
    expect(rendered(endpointConfig)?.group).toBeUndefined();
  });

  it.each([
    null,
    {},
    { production_endpoints: null },
    { production_endpoints: [] },
    { production_endpoints: { url: '' } },
  ])('is none for %j', (endpointConfig) => {
    expect(renderEndpoints(sampleApi({ endpointConfig }))).toEqual([]);
  });
});
