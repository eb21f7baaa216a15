import { describe, expect, it } from 'vitest';
import { handlerOf, readApi } from '../../../../compose/wso2am/server/synapse/api-artifact.ts';
import { ArtifactError } from '../../../../compose/wso2am/server/synapse/artifact-error.ts';
import { readEndpoint } from '../../../../compose/wso2am/server/synapse/endpoint-artifact.ts';
import { readLocalEntry, writeLocalEntry } from '../../../../compose/wso2am/server/synapse/local-entry.ts';
import { apiXml, defaultApiXml, endpointXml } from './sample-artifacts.ts';

/** The minimal file of wire.md 6.2. */
const MINIMAL = `<api xmlns="http://ws.apache.org/ns/synapse" name="admin--PizzaShackAPI:v1.0.0" context="/pizzashack/1.0.0" version="1.0.0" version-type="context">
  <resource methods="GET" uri-template="/menu" faultSequence="fault">
    <inSequence><send><endpoint key="PizzaShackAPI--v1.0.0_APIproductionEndpoint"/></send></inSequence>
    <outSequence><send/></outSequence>
  </resource>
</api>`;

describe('an API file', () => {
  it('tells name, context, version, resources and both transports', () => {
    const api = readApi(MINIMAL);

    expect(api).toMatchObject({
      name: 'admin--PizzaShackAPI:v1.0.0',
      context: '/pizzashack/1.0.0',
      version: '1.0.0',
      transports: ['http', 'https'],
      handlers: [],
    });
    expect(api.resources).toMatchObject([{ methods: ['GET'], template: '/menu' }]);
  });

  it('without a choice sends keys of both kinds to its one endpoint', () => {
    const endpoint = { kind: 'named', name: 'PizzaShackAPI--v1.0.0_APIproductionEndpoint' };

    expect(readApi(MINIMAL).resources[0]?.route).toEqual({
      kind: 'endpoints',
      production: endpoint,
      sandbox: endpoint,
    });
  });

  it('chooses by the kind of key, a kind without an endpoint included', () => {
    expect(readApi(apiXml({ sandbox: 's' })).resources[0]?.route).toMatchObject({
      production: { name: 'PizzaShackAPI--v1.0.0_APIproductionEndpoint' },
      sandbox: { name: 's' },
    });
    expect(readApi(apiXml({ production: undefined, sandbox: 's' })).resources[0]?.route).toMatchObject({
      production: undefined,
    });
  });

  it('of a default version leads to the context of the version', () => {
    const api = readApi(defaultApiXml('admin--PizzaShackAPI', '/pizzashack', '/pizzashack/1.0.0'));

    expect(api.resources[0]?.route).toEqual({ kind: 'version', context: '/pizzashack/1.0.0' });
  });

  it('that sets the code of a blocked API is blocked', () => {
    const blocked = MINIMAL.replace('<send><endpoint', '<property name="ERROR_CODE" value="700700"/><send><endpoint');

    expect(readApi(blocked).resources[0]?.route).toEqual({ kind: 'blocked' });
  });

  it('names its handlers with their properties, and so its UUID', () => {
    const api = readApi(apiXml({ security: { apiUUID: 'b1-c2', APISecurity: 'oauth2' }, transports: 'https' }));

    expect(handlerOf(api, 'APIAuthenticationHandler')?.properties.APISecurity).toBe('oauth2');
    expect(api.uuid).toBe('b1-c2');
    expect(api.transports).toEqual(['https']);
  });

  it('keeps a version that looks like a number as it is', () => {
    expect(readApi(MINIMAL.replaceAll('1.0.0', '1.10')).version).toBe('1.10');
  });

  it('may leave the version out of its context', () => {
    expect(readApi(MINIMAL.replace('/pizzashack/1.0.0', '/pizzashack/{version}')).context).toBe('/pizzashack/1.0.0');
  });

  it.each([
    ['no XML', 'hello'],
    ['cut short', MINIMAL.slice(0, -8)],
    ['another element', '<proxy name="x"/>'],
    ['without a name', MINIMAL.replace(/ name="admin[^"]*"/, '')],
    ['without a context', MINIMAL.replace(/ context="[^"]*"/, '')],
    ['with a context that is no path', MINIMAL.replace('"/pizzashack', '"pizzashack')],
    ['with a document type', `<!DOCTYPE api [<!ENTITY x SYSTEM "file:///etc/passwd">]>${MINIMAL}`],
  ])('is refused when it is %s', (_case, text) => {
    expect(() => readApi(text)).toThrow(ArtifactError);
  });
});

describe('an endpoint file', () => {
  it('without settings waits 120 s and suspends for 30 s', () => {
    expect(readEndpoint(endpointXml('e', 'http://backend:8080/v1'))).toMatchObject({
      name: 'e',
      timeout: 120_000,
      suspension: { initialDuration: 30_000, retriesBeforeSuspension: 0, errorCodes: undefined },
    });
  });

  it('says how long to wait and when to suspend', () => {
    const settings = `<timeout><duration>60000</duration><responseAction>fault</responseAction></timeout>
      <suspendOnFailure><errorCodes>101503,101504</errorCodes><initialDuration>1000</initialDuration>
        <progressionFactor>2.0</progressionFactor><maximumDuration>5000</maximumDuration></suspendOnFailure>
      <markForSuspension><errorCodes>101505</errorCodes><retriesBeforeSuspension>3</retriesBeforeSuspension></markForSuspension>`;

    expect(readEndpoint(endpointXml('e', 'https://backend', settings))).toMatchObject({
      timeout: 60_000,
      suspension: {
        errorCodes: [101503, 101504],
        initialDuration: 1000,
        progressionFactor: 2,
        maximumDuration: 5000,
        markingCodes: [101505],
        retriesBeforeSuspension: 3,
      },
    });
  });

  it.each([
    ['<loadbalance algorithm="org.apache.synapse.endpoints.algorithms.RoundRobin">', 'loadbalance', true],
    ['<loadbalance failover="false">', 'loadbalance', false],
    ['<failover>', 'failover', true],
  ])('of a group %s names its members', (open, kind, goesOn) => {
    const members =
      '<endpoint name="a"><http uri-template="http://a"/></endpoint><endpoint><address uri="http://b"/></endpoint>';
    const { target, group } = readEndpoint(`<endpoint name="g">${open}${members}</${kind}></endpoint>`);

    expect(target).toBeUndefined();
    expect(group).toMatchObject({ kind, goesOn, members: [{ name: 'a' }, { name: '' }] });
    expect(group?.members.map((member) => member.target?.host)).toEqual(['a', 'b']);
  });

  it.each([
    [
      'with sessions',
      '<session type="http"/><loadbalance><endpoint><http uri-template="http://a"/></endpoint></loadbalance>',
    ],
    [
      'with weights',
      '<loadbalance algorithm="org.apache.synapse.endpoints.algorithms.WeightedRoundRobin"><endpoint><http uri-template="http://a"/></endpoint></loadbalance>',
    ],
    ['with variables', '<failover><endpoint><http uri-template="http://{host}"/></endpoint></failover>'],
    ['without members', '<failover/>'],
  ])('of a group %s leads nowhere', (_case, content) => {
    const { target, group } = readEndpoint(`<endpoint name="g">${content}</endpoint>`);

    expect({ target, group }).toEqual({ target: undefined, group: undefined });
  });

  it.each(['ftp://backend', 'backend', ''])('with the address "%s" is refused', (address) => {
    expect(() => readEndpoint(endpointXml('e', address))).toThrow(ArtifactError);
  });
});

describe('a local entry', () => {
  it('is read back as it was written, whatever the text holds', () => {
    const entry = { name: 'b1-c2', value: '{"title":"a < b & \\"c\\" ]]>"}\n' };

    expect(readLocalEntry(writeLocalEntry(entry))).toEqual(entry);
  });

  it('needs a key', () => {
    expect(() => readLocalEntry('<localEntry>{}</localEntry>')).toThrow('a local entry needs a key');
  });
});
