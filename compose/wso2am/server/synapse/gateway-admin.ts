import type { Version } from '../../../../lab/product/versions.ts';
import { escapeXml, type SoapRequest, soapAnswer, soapFault } from '../carbon/soap/envelope.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { Answer } from '../carbon/web.ts';
import { artifactInXml } from '../runtime-artifacts/artifact-in-xml.ts';
import { deployArtifact, undeployArtifact } from '../runtime-artifacts/deploy-artifact.ts';
import type { RuntimeArtifact } from '../runtime-artifacts/runtime-artifact.ts';
import { type ApiArtifact, readApi } from './api-artifact.ts';
import { ArtifactError } from './artifact-error.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { checkApi } from './check-api.ts';
import { gatewayAdminInterface } from './gateway-admin-interface.ts';
import { childNamed, findElement, parseElement, writeElement } from './xml-element.ts';

const NAMESPACE = 'http://service.gateway.apimgt.carbon.wso2.org';

/** Of the service's data objects (?). */
const DTO_NAMESPACE = 'http://dto.gateway.apimgt.carbon.wso2.org/xsd';

const TENANT_SUFFIX = 'ForTenant';

/** One operation: the XML of its result. @throws ArtifactError */
type Operation = (argument: (name: string) => string, request: SoapRequest) => Promise<string>;

const boolean = (value: boolean): string => `<ns:return>${value}</ns:return>`;
const NIL = '<ns:return xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';

/** `APIGatewayAdmin` (wire.md 6.1): how a Publisher deploys an API. Each operation also takes the tenant at its end. */
export const gatewayAdmin = (
  artifacts: ArtifactStore,
  version: Version,
  onNotSimulated: (what: string) => void,
): SoapService => {
  const operations = new Map([...operationsOn(artifacts), ...(version === '3.2.0' ? wholeApis(artifacts) : [])]);
  return {
    name: 'APIGatewayAdmin',
    open: false,
    interface: gatewayAdminInterface(version),
    handle: async (request) => {
      const name = request.operation.endsWith(TENANT_SUFFIX)
        ? request.operation.slice(0, -TENANT_SUFFIX.length)
        : request.operation;
      const operation = operations.get(name);
      const tenant = request.argument('tenantDomain') || SUPER_TENANT_DOMAIN;
      if (!operation || tenant !== SUPER_TENANT_DOMAIN) return notSimulated(request, tenant, onNotSimulated);
      return answered(request, operation);
    },
  };
};

const notSimulated = (request: SoapRequest, tenant: string, onNotSimulated: (what: string) => void): Answer => {
  const what = `APIGatewayAdmin.${request.operation}${tenant === SUPER_TENANT_DOMAIN ? '' : ' of other tenants'}`;
  onNotSimulated(what);
  return soapFault(request.version, `The simulator does not simulate ${what}`, 501);
};

const answered = async (request: SoapRequest, operation: Operation): Promise<Answer> => {
  try {
    const result = await operation((name) => request.argument(name) ?? '', request);
    const element = `${request.operation}Response`;
    return soapAnswer(request.version, `<ns:${element} xmlns:ns="${NAMESPACE}">${result}</ns:${element}>`);
  } catch (cause) {
    if (cause instanceof ArtifactError) return soapFault(request.version, cause.message);
    throw cause;
  }
};

const operationsOn = (artifacts: ArtifactStore): ReadonlyMap<string, Operation> => {
  const { apis, endpoints, sequences } = artifacts;
  const get =
    (nameOf: NameOf): Operation =>
    async (argument) => {
      const api = apis.find(nameOf(argument));
      return api ? apiData(api, apis.fileOf(api.name) ?? '') : NIL;
    };
  const put =
    (nameOf: NameOf): Operation =>
    async (argument) => {
      const config = argument('apiConfig');
      checkApi(readApi(config), nameOf(argument), apis.all());
      await apis.deploy(config);
      return boolean(true);
    };
  const remove =
    (nameOf: NameOf): Operation =>
    async (argument) =>
      boolean(await apis.remove(nameOf(argument)));

  const ofVersion: NameOf = (argument) => `${defaultName(argument)}:v${argument('version')}`;
  return new Map<string, Operation>([
    ['getApi', get(ofVersion)],
    ['getDefaultApi', get(defaultName)],
    ['addApi', put(ofVersion)],
    ['updateApi', put(ofVersion)],
    ['addDefaultAPI', put(defaultName)],
    ['updateDefaultApi', put(defaultName)],
    ['addPrototypeApiScriptImpl', put(ofVersion)],
    ['updateApiForInlineScript', put(ofVersion)],
    ['deleteApi', remove(ofVersion)],
    ['deleteDefaultApi', remove(defaultName)],
    [
      'addEndpoint',
      async (argument) => {
        await endpoints.deploy(argument('endpointData'));
        return boolean(true);
      },
    ],
    ['deleteEndpoint', async (argument) => boolean(await endpoints.remove(argument('endpointName')))],
    [
      'removeEndpointsToUpdate',
      async (argument) => {
        for (const kind of ['production', 'sandbox'])
          await endpoints.remove(`${argument('apiName')}--v${argument('apiVersion')}_API${kind}Endpoint`);
        return boolean(true);
      },
    ],
    [
      'addSequence',
      async (argument, request) => {
        await sequences.deploy(sequenceIn(request) ?? argument('sequence'));
        return boolean(true);
      },
    ],
    ['isExistingSequence', async (argument) => boolean(sequences.find(argument('sequenceName')) !== undefined)],
    ['deleteSequence', async (argument) => boolean(await sequences.remove(argument('sequenceName')))],
  ]);
};

/** Since 3.2.0 an API may come, and go, with all that belongs to it at once (wire.md 6.1). */
const wholeApis = (artifacts: ArtifactStore): readonly (readonly [string, Operation])[] => {
  const artifactIn = ({ text, operation }: SoapRequest): RuntimeArtifact =>
    artifactInXml(findElement(parseElement(text), operation)?.children[0]);
  return [
    [
      'deployAPI',
      async (_argument, request) => {
        await deployArtifact(artifacts, artifactIn(request), 'deploy');
        return boolean(true);
      },
    ],
    [
      'unDeployAPI',
      async (_argument, request) => {
        await undeployArtifact(artifacts, artifactIn(request));
        return boolean(true);
      },
    ],
  ];
};

/** A sequence comes as an element, not as text (wire.md 6.1). */
const sequenceIn = ({ text, operation }: SoapRequest): string | undefined => {
  const argument = childNamed(findElement(parseElement(text), operation), 'sequence');
  const sequence = childNamed(argument, 'sequence');
  return sequence && writeElement(sequence, 'http://ws.apache.org/ns/synapse');
};

type NameOf = (argument: (name: string) => string) => string;

const defaultName: NameOf = (argument) => `${argument('apiProviderName')}--${argument('apiName')}`;

/** `APIData`, its elements in alphabetical order as Axis2 writes them. Host and port are the file's, and absent in it. */
const apiData = (api: ApiArtifact, fileName: string): string => {
  const text = (name: string, value: string): string => `<d:${name}>${escapeXml(value)}</d:${name}>`;
  const resources = api.resources.map(
    ({ methods, template }) =>
      `<d:resources>${methods.map((method) => text('methods', method)).join('')}${text('uriTemplate', template)}</d:resources>`,
  );
  return `<ns:return xmlns:d="${DTO_NAMESPACE}">${text('context', api.context)}${text('fileName', fileName)}<d:host xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>${text('name', api.name)}<d:port>-1</d:port>${resources.join('')}</ns:return>`;
};
