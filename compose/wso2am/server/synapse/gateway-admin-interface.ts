import type { ServiceInterface } from '../carbon/soap/wsdl/service-interface.ts';

const API = 'apiProviderName apiName version';
const WITH_CONFIG = `${API} apiConfig`;
const DONE = 'return:boolean';
const FOUND = 'return:APIData';

/** Of the service's data objects (?). */
const DTO_NAMESPACE = 'http://dto.gateway.apimgt.carbon.wso2.org/xsd';

/** The WSDL of `APIGatewayAdmin` (wire.md 6.1), as far as the simulator answers; `addSequence` takes XML of any kind. */
export const GATEWAY_ADMIN_INTERFACE: ServiceInterface = {
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
