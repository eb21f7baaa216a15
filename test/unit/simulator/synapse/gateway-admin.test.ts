import { describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../../compose/wso2am/server/carbon/session-store.ts';
import { escapeXml } from '../../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { soapEndpoint } from '../../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { memoryUserStore } from '../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { createArtifactStore } from '../../../../compose/wso2am/server/synapse/artifact-store.ts';
import { gatewayAdminServices } from '../../../../compose/wso2am/server/synapse/gateway-admin-services.ts';
import { writeLocalEntry } from '../../../../compose/wso2am/server/synapse/local-entry.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import { basicHeader, sampleCall } from '../carbon/sample-call.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { recordedLog } from './recorded-log.ts';
import { apiXml, endpointXml, PRODUCTION } from './sample-artifacts.ts';

const NAMESPACE = 'http://service.gateway.apimgt.carbon.wso2.org';

const startGateway = (version: Version = '3.0.0') => {
  const { log, lines } = recordedLog();
  const artifacts = createArtifactStore(temporaryHome(), log);
  const authenticator = createAuthenticator(
    memoryUserStore({ username: 'admin', password: 'admin' }, []),
    createSessionStore(() => 0),
  );
  const endpoint = soapEndpoint({
    services: gatewayAdminServices({ log, version }, artifacts),
    notSimulated: [],
    authenticator,
    log: log(''),
    onNotSimulated: () => undefined,
  });
  const call = async (service: string, operation: string, values: Readonly<Record<string, string>>) => {
    const children = Object.entries(values).map(([name, value]) => `<g:${name}>${escapeXml(value)}</g:${name}>`);
    return send(`<g:${operation} xmlns:g="${NAMESPACE}">${children.join('')}</g:${operation}>`, service);
  };
  const send = async (content: string, service = 'APIGatewayAdmin') => {
    const text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${content}</s:Body></s:Envelope>`;
    const headers = basicHeader('admin', 'admin');
    const params = { service };
    const answer = await endpoint.handle(
      sampleCall({ method: 'POST', path: `/services/${service}`, params, headers, text }),
    );
    return { status: answer.status, body: String(answer.body) };
  };
  const admin = (operation: string, values: Readonly<Record<string, string>> = {}) =>
    call('APIGatewayAdmin', operation, values);
  return { artifacts, admin, call, send, lines };
};

const PIZZA = { apiProviderName: 'admin', apiName: 'PizzaShackAPI', version: '1.0.0' };
const returned = (operation: string, value: string): string =>
  `<ns:${operation}Response xmlns:ns="${NAMESPACE}"><ns:return>${value}</ns:return></ns:${operation}Response>`;

describe('APIGatewayAdmin', () => {
  it('deploys an API, which is served at once, and answers true', async () => {
    const { admin, artifacts } = startGateway();
    const answer = await admin('addApi', { ...PIZZA, apiConfig: apiXml() });

    expect(answer.status).toBe(200);
    expect(answer.body).toContain(returned('addApi', 'true'));
    expect(artifacts.apis.find('admin--PizzaShackAPI:v1.0.0')).toBeDefined();
  });

  it('tells of an API that is there, and nothing of one that is not', async () => {
    const { admin } = startGateway();
    expect((await admin('getApi', PIZZA)).body).toContain('xsi:nil="true"');
    await admin('addApi', { ...PIZZA, apiConfig: apiXml() });
    const { body } = await admin('getApi', PIZZA);

    expect(body).toContain('<d:context>/pizzashack/1.0.0</d:context>');
    expect(body).toContain('<d:fileName>admin--PizzaShackAPI_v1.0.0.xml</d:fileName>');
    expect(body).toContain('<d:methods>GET</d:methods><d:uriTemplate>/menu</d:uriTemplate>');
  });

  it('updates and deletes, and says false when there is nothing to delete', async () => {
    const { admin, artifacts } = startGateway();
    await admin('addApi', { ...PIZZA, apiConfig: apiXml() });
    await admin('updateApi', { ...PIZZA, apiConfig: apiXml({ resources: [['PUT', '/x']] }) });
    expect(artifacts.apis.all()[0]?.resources[0]?.methods).toEqual(['PUT']);

    expect((await admin('deleteApi', PIZZA)).body).toContain(returned('deleteApi', 'true'));
    expect((await admin('deleteApi', PIZZA)).body).toContain(returned('deleteApi', 'false'));
  });

  it('keeps the default version under a name of its own', async () => {
    const { admin, artifacts } = startGateway();
    const apiConfig = apiXml({ name: 'admin--PizzaShackAPI', context: '/pizzashack' });
    await admin('addDefaultAPI', { ...PIZZA, apiConfig });

    expect(artifacts.apis.fileOf('admin--PizzaShackAPI')).toBe('admin--PizzaShackAPI.xml');
    expect((await admin('deleteDefaultApi', PIZZA)).body).toContain(returned('deleteDefaultApi', 'true'));
  });

  it('takes the tenant at the end of an operation, as long as it is the super tenant', async () => {
    const { admin } = startGateway();
    const own = await admin('addApiForTenant', { ...PIZZA, apiConfig: apiXml(), tenantDomain: 'carbon.super' });
    const other = await admin('addApiForTenant', { ...PIZZA, apiConfig: apiXml(), tenantDomain: 'acme.com' });

    expect(own.body).toContain(returned('addApiForTenant', 'true'));
    expect(other.status).toBe(501);
  });

  it('adds and removes endpoints', async () => {
    const { admin, artifacts } = startGateway();
    await admin('addEndpoint', { endpointData: endpointXml(PRODUCTION, 'http://backend') });
    expect(artifacts.endpoints.find(PRODUCTION)).toBeDefined();
    await admin('removeEndpointsToUpdate', {
      apiName: 'PizzaShackAPI',
      apiVersion: '1.0.0',
      tenantDomain: 'carbon.super',
    });

    expect(artifacts.endpoints.all()).toEqual([]);
  });

  it.each([
    ['a configuration that is no XML', { ...PIZZA, apiConfig: '<api' }],
    ['no configuration', PIZZA],
    ['the configuration of another API', { ...PIZZA, apiName: 'Other', apiConfig: apiXml() }],
    ['a name that would leave the folder', { ...PIZZA, apiConfig: apiXml({ name: '../../../x' }) }],
  ])('answers a fault to %s', async (_case, values) => {
    const { admin, artifacts } = startGateway();
    const answer = await admin('addApi', values);

    expect(answer.status).toBe(500);
    expect(answer.body).toContain('<faultstring>');
    expect(artifacts.apis.all()).toEqual([]);
  });

  it('refuses a context that another API has', async () => {
    const { admin } = startGateway();
    await admin('addApi', { ...PIZZA, apiConfig: apiXml() });
    const second = await admin('addApi', {
      ...PIZZA,
      apiName: 'Copy',
      apiConfig: apiXml({ name: 'admin--Copy:v1.0.0' }),
    });

    expect(second.body).toContain('is already registered with the API: admin--PizzaShackAPI:v1.0.0');
  });

  it('says with 501 what it does not simulate', async () => {
    const { admin, lines } = startGateway();

    expect((await admin('deployPolicy', { content: 'x', fileName: 'y' })).status).toBe(501);
    expect(lines).toContain('WARN Not simulated: APIGatewayAdmin.deployPolicy');
  });
});

describe('APILocalEntryAdmin', () => {
  it('takes a definition of a thousand resources as it is', async () => {
    const { call, artifacts } = startGateway();
    const paths = Array.from({ length: 1000 }, (_, index) => [`/a&b/${index}`, { get: { 'x-auth-type': 'Any <&>' } }]);
    const value = JSON.stringify({ paths: Object.fromEntries(paths) });
    const answer = await call('APILocalEntryAdmin', 'addLocalEntry', {
      content: writeLocalEntry({ name: 'big', value }),
    });

    expect(answer.body).toContain(returned('addLocalEntry', 'true'));
    expect(artifacts.localEntries.find('big')?.value).toBe(value);
  });

  it('keeps, hands out and removes a definition', async () => {
    const { call } = startGateway();
    const content = '<localEntry key="b1-c2">{"paths":{"/a&amp;b":{}}}</localEntry>';
    const added = await call('APILocalEntryAdmin', 'addLocalEntry', { content, tenantDomain: 'carbon.super' });
    const key = { key: 'b1-c2', tenantDomain: 'carbon.super' };

    expect(added.body).toContain(returned('addLocalEntry', 'true'));
    expect((await call('APILocalEntryAdmin', 'getEntry', key)).body).toContain('b1-c2');
    expect((await call('APILocalEntryAdmin', 'deleteLocalEntry', key)).body).toContain(
      returned('deleteLocalEntry', 'true'),
    );
    expect((await call('APILocalEntryAdmin', 'deleteLocalEntry', key)).body).toContain(
      returned('deleteLocalEntry', 'false'),
    );
  });
});

describe('a sequence', () => {
  const CALL = `<g:addSequence xmlns:g="${NAMESPACE}"><g:sequence><q:sequence xmlns:q="http://ws.apache.org/ns/synapse" name="_PRODUCTION_-chat-1.0.0"><q:property name="OUT_ONLY" value="true"/><q:script language="js">if (1 &lt; 2) {}</q:script><q:send><q:endpoint><q:address uri="ws://backend/a?b=1&amp;c=2"/></q:endpoint></q:send></q:sequence></g:sequence></g:addSequence>`;

  it('comes as an element, under whatever prefix, and is kept as it was', async () => {
    const { artifacts, admin, send } = startGateway();

    expect((await send(CALL)).body).toContain(returned('addSequence', 'true'));
    expect(artifacts.sequences.find('_PRODUCTION_-chat-1.0.0')).toEqual({
      name: '_PRODUCTION_-chat-1.0.0',
      address: 'ws://backend/a?b=1&c=2',
    });
    const name = { sequenceName: '_PRODUCTION_-chat-1.0.0' };
    expect((await admin('isExistingSequence', name)).body).toContain(returned('isExistingSequence', 'true'));
    expect((await admin('deleteSequence', name)).body).toContain(returned('deleteSequence', 'true'));
    expect((await admin('isExistingSequence', name)).body).toContain(returned('isExistingSequence', 'false'));
  });

  it('may also come as text', async () => {
    const { artifacts, admin } = startGateway();
    await admin('addSequence', { sequence: '<sequence name="s"><send/></sequence>' });

    expect(artifacts.sequences.find('s')).toEqual({ name: 's', address: undefined });
  });

  it.each([
    ['is none', '<other name="s"/>'],
    ['has no name', '<sequence/>'],
    ['is missing', ''],
  ])('that %s is a fault', async (_case, sequence) => {
    const { admin, artifacts } = startGateway();

    expect((await admin('addSequence', { sequence })).status).toBe(500);
    expect(artifacts.sequences.all()).toEqual([]);
  });
});

describe('an API with all that belongs to it', () => {
  const dto = (operation: string, fields: string): string =>
    `<g:${operation} xmlns:g="${NAMESPACE}" xmlns:a="http://gateway.api.apimgt.carbon.wso2.org/xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><g:gatewayAPIDTO>${fields}<a:name>PizzaShackAPI</a:name><a:provider>admin</a:provider><a:tenantDomain>carbon.super</a:tenantDomain><a:version>1.0.0</a:version></g:gatewayAPIDTO></g:${operation}>`;
  const content = (field: string, name: string, text: string): string =>
    `<a:${field}><a:content>${escapeXml(text)}</a:content><a:name>${name}</a:name></a:${field}>`;
  const deployed = dto(
    'deployAPI',
    `<a:apiDefinition>${escapeXml(apiXml())}</a:apiDefinition><a:apiId>uuid</a:apiId><a:credentialsToBeAdd xsi:nil="1"/>${content('endpointEntriesToBeAdd', PRODUCTION, endpointXml(PRODUCTION, 'http://a?b=1&amp;c=2'))}${content('localEntriesToBeAdd', 'uuid', writeLocalEntry({ name: 'uuid', value: '{"a":"&<"}' }))}<a:sequenceToBeAdd xsi:nil="1"/>`,
  );

  it('comes by one call in 3.2.0, is written to its files, and goes by another', async () => {
    const { artifacts, send } = startGateway('3.2.0');

    expect((await send(deployed)).body).toContain(returned('deployAPI', 'true'));
    expect(artifacts.apis.fileOf('admin--PizzaShackAPI:v1.0.0')).toBe('admin--PizzaShackAPI_v1.0.0.xml');
    expect(artifacts.endpoints.find(PRODUCTION)?.target?.search).toBe('?b=1&c=2');
    expect(artifacts.localEntries.find('uuid')?.value).toBe('{"a":"&<"}');

    const fields = `<a:endpointEntriesToBeRemove>${PRODUCTION}</a:endpointEntriesToBeRemove><a:localEntriesToBeRemove>uuid</a:localEntriesToBeRemove>`;
    expect((await send(dto('unDeployAPI', fields))).body).toContain(returned('unDeployAPI', 'true'));
    expect([artifacts.apis.all(), artifacts.endpoints.all(), artifacts.localEntries.all()]).toEqual([[], [], []]);
  });

  it('is refused as a whole where its definition is another API', async () => {
    const { artifacts, send } = startGateway('3.2.0');
    const answer = await send(deployed.replace('<a:version>1.0.0</a:version>', '<a:version>2.0.0</a:version>'));

    expect(answer.status).toBe(500);
    expect([artifacts.apis.all(), artifacts.endpoints.all()]).toEqual([[], []]);
  });

  it('is unknown before', async () => {
    expect((await startGateway('3.1.0').send(deployed)).status).toBe(501);
  });
});
