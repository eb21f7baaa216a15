import type { ServiceInterface } from '../carbon/soap/wsdl/service-interface.ts';

/** The WSDL of `APIKeyValidationService` (wire.md 2.1), as far as the simulator answers. */
export const KEY_VALIDATION_INTERFACE: ServiceInterface = {
  namespace: 'http://org.apache.axis2/xsd',
  operations: {
    validateKey: {
      takes: 'context version accessToken requiredAuthenticationLevel clientDomain matchingResource httpVerb',
      gives: 'return:APIKeyValidationInfoDTO',
    },
    validateKeyforHandshake: { takes: 'context version accessToken', gives: 'return:APIKeyValidationInfoDTO' },
    getAllURITemplates: { takes: 'context version', gives: 'return*:URITemplate' },
  },
  types: {
    APIKeyValidationInfoDTO: {
      namespace: 'http://dto.impl.apimgt.carbon.wso2.org/xsd',
      fields: [
        'apiName apiPublisher apiTier applicationId applicationName applicationTier authorized:boolean',
        'authorizedDomains* consumerKey contentAware:boolean endUserName endUserToken issuedTime:long',
        'productName productProvider scopes* spikeArrestLimit:int spikeArrestUnit stopOnQuotaReach:boolean subscriber',
        'subscriberTenantDomain throttlingDataList* tier type userType validationStatus:int validityPeriod:long',
      ].join(' '),
    },
    URITemplate: {
      namespace: 'http://model.api.apimgt.carbon.wso2.org/xsd',
      fields:
        'HTTPVerb applicableLevel authType conditionGroups*:ConditionGroupDTO throttlingConditions* throttlingTier throttlingTiers* uriTemplate',
    },
    ConditionGroupDTO: {
      namespace: 'http://dto.api.apimgt.carbon.wso2.org/xsd',
      fields: 'conditionGroupId conditions*:ConditionDTO',
    },
    ConditionDTO: {
      namespace: 'http://dto.api.apimgt.carbon.wso2.org/xsd',
      fields: 'conditionName conditionType conditionValue inverted:boolean',
    },
  },
};
