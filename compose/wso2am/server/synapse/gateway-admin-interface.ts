import type { Version } from '../../../../lab/product/versions.ts';
import type { ServiceInterface } from '../carbon/soap/wsdl/service-interface.ts';

const API = 'apiProviderName apiName version';
const WITH_CONFIG = `${API} apiConfig`;
const DONE = 'return:boolean';
const FOUND = 'return:APIData';

/** Of the service's data objects, and of those that came with 3.2.0 (?). */
const DTO_NAMESPACE = 'http://dto.gateway.apimgt.carbon.wso2.org/xsd';
const API_NAMESPACE = 'http://gateway.api.apimgt.carbon.wso2.org/xsd';

const LISTS = ['sequence', 'localEntries', 'endpointEntries'];

/** Of an API with all that belongs to it (?). */
const WHOLE_API =
  'apiDefinition apiId defaultAPIDefinition ' +
  `${LISTS.map((list) => `${list}ToBeAdd*:GatewayContentDTO`).join(' ')} ` +
  'endpointEntriesToBeRemove* localEntriesToBeRemove* name provider sequencesToBeRemove* tenantDomain version';

/** The WSDL of `APIGatewayAdmin` (wire.md 6.1), as far as the simulator answers; `addSequence` takes XML of any kind. */
export const gatewayAdminInterface = (version: Version): ServiceInterface =>
  version === '3.2.0'
    ? {
        ...UNTIL_310,
        operations: {
          ...UNTIL_310.operations,
          deployAPI: { takes: 'gatewayAPIDTO:GatewayAPIDTO', gives: DONE },
          unDeployAPI: { takes: 'gatewayAPIDTO:GatewayAPIDTO', gives: DONE },
        },
        types: {
          ...UNTIL_310.types,
          GatewayAPIDTO: { namespace: API_NAMESPACE, fields: WHOLE_API },
          GatewayContentDTO: { namespace: API_NAMESPACE, fields: 'content name' },
        },
      }
    : UNTIL_310;

const UNTIL_310: ServiceInterface = {
  namespace: 'http://service.gateway.apimgt.carbon.wso2.org',
  operations: {
    getApi: { takes: API, gives: FOUND },
    getDefaultApi: { takes: API, gives: FOUND },
    addApi: { takes: WITH_CONFIG, gives: DONE },
    updateApi: { takes: WITH_CONFIG, gives: DONE },
    addDefaultAPI: { takes: WITH_CONFIG, gives: DONE },
    updateDefaultApi: { takes: WITH_CONFIG, gives: DONE },
    addPrototypeApiScriptImpl: { takes: WITH_CONFIG, gives: DONE },
    updateApiForInlineScript: { takes: WITH_CONFIG, gives: DONE },
    deleteApi: { takes: API, gives: DONE },
    deleteDefaultApi: { takes: API, gives: DONE },
    addEndpoint: { takes: 'endpointData', gives: DONE },
    deleteEndpoint: { takes: 'endpointName', gives: DONE },
    removeEndpointsToUpdate: { takes: 'apiName apiVersion tenantDomain', gives: DONE },
    isExistingSequence: { takes: 'sequenceName', gives: DONE },
    deleteSequence: { takes: 'sequenceName', gives: DONE },
  },
  types: {
    APIData: { namespace: DTO_NAMESPACE, fields: 'context fileName host name port:int resources*:ResourceData' },
    ResourceData: { namespace: DTO_NAMESPACE, fields: 'methods* uriTemplate' },
  },
};
