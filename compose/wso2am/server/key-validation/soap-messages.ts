import { escapeXml } from '../carbon/soap/envelope.ts';
import type { ConditionGroupInfo, UriTemplateAnswer } from './uri-template-info.ts';
import { periodText, type ValidationInfo } from './validation-info.ts';

/** Namespaces of the WSDL of `APIKeyValidationService` (wire.md 2.1). */
const WRAPPER = 'http://org.apache.axis2/xsd';
const INFO = 'http://dto.impl.apimgt.carbon.wso2.org/xsd';
const MODEL = 'http://model.api.apimgt.carbon.wso2.org/xsd';
const CONDITIONS = 'http://dto.api.apimgt.carbon.wso2.org/xsd';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Arguments of validateKey, in the order of the WSDL. */
export type KeyQuestion = {
  readonly context: string;
  /** With `_default_` before it where the URL of the default version was called. */
  readonly version: string;
  readonly accessToken: string;
  readonly requiredAuthenticationLevel: string;
  readonly matchingResource: string;
  readonly httpVerb: string;
};

const wrapped = (name: string, content: string): string => `<ns:${name} xmlns:ns="${WRAPPER}">${content}</ns:${name}>`;

const argument = (name: string, value: string): string => `<ns:${name}>${escapeXml(value)}</ns:${name}>`;

/** The call of validateKey; a gateway never names a client domain. */
export const validateKeyCall = (question: KeyQuestion): string =>
  wrapped(
    'validateKey',
    [
      argument('context', question.context),
      argument('version', question.version),
      argument('accessToken', question.accessToken),
      argument('requiredAuthenticationLevel', question.requiredAuthenticationLevel),
      `<ns:clientDomain xmlns:xsi="${XSI}" xsi:nil="1"/>`,
      argument('matchingResource', question.matchingResource),
      argument('httpVerb', question.httpVerb),
    ].join(''),
  );

/** Arguments of validateKeyforHandshake. */
export type HandshakeQuestion = Pick<KeyQuestion, 'context' | 'version' | 'accessToken'>;

export const handshakeCall = ({ context, version, accessToken }: HandshakeQuestion): string =>
  wrapped(
    'validateKeyforHandshake',
    argument('context', context) + argument('version', version) + argument('accessToken', accessToken),
  );

export const uriTemplatesCall = (context: string, version: string): string =>
  wrapped('getAllURITemplates', argument('context', context) + argument('version', version));

/** The answer of validateKey, and of its kin for handshakes: elements in alphabetical order, which the stub generated from the WSDL insists on. */
export const validateKeyResponse = (info: ValidationInfo, operation = 'validateKey'): string => {
  const text = (name: string, value: string): string =>
    value === '' ? `<d:${name} xsi:nil="true"/>` : `<d:${name}>${escapeXml(value)}</d:${name}>`;
  const plain = (name: string, value: string | number | boolean): string => `<d:${name}>${value}</d:${name}>`;
  // At least one element, nil if need be: the client makes a list of it unseen (wire.md 2.1).
  const texts = (name: string, values: readonly string[]): string =>
    (values.length === 0 ? [''] : values).map((value) => text(name, value)).join('');
  const fields = [
    text('apiName', info.apiName),
    text('apiPublisher', info.apiPublisher),
    text('apiTier', info.apiTier),
    text('applicationId', info.applicationId),
    text('applicationName', info.applicationName),
    text('applicationTier', info.applicationTier),
    plain('authorized', info.authorized),
    texts('authorizedDomains', []),
    text('consumerKey', info.consumerKey),
    plain('contentAware', info.contentAware),
    text('endUserName', info.endUserName),
    text('endUserToken', info.endUserToken),
    plain('issuedTime', info.issuedTime),
    texts('scopes', info.scopes),
    plain('spikeArrestLimit', info.spikeArrestLimit),
    text('spikeArrestUnit', info.spikeArrestUnit),
    plain('stopOnQuotaReach', info.stopOnQuotaReach),
    text('subscriber', info.subscriber),
    text('subscriberTenantDomain', info.subscriberTenantDomain),
    texts('throttlingDataList', info.throttlingDataList),
    text('tier', info.tier),
    text('type', info.type),
    text('userType', info.userType),
    plain('validationStatus', info.validationStatus),
    plain('validityPeriod', periodText(info.validityPeriod)),
  ];
  const type = `xmlns:d="${INFO}" xmlns:xsi="${XSI}" xsi:type="d:APIKeyValidationInfoDTO"`;
  return wrapped(`${operation}Response`, `<ns:return ${type}>${fields.join('')}</ns:return>`);
};

/** The answer of getAllURITemplates and its kin; an API without resources is a nil element. */
export const uriTemplatesResponse = (operation: string, templates: readonly UriTemplateAnswer[]): string => {
  const text = (name: string, value: string): string => `<m:${name}>${escapeXml(value)}</m:${name}>`;
  const item = (template: UriTemplateAnswer): string => {
    const fields = [
      text('HTTPVerb', template.httpVerb),
      text('applicableLevel', template.applicableLevel),
      text('authType', template.authType),
      ...(template.conditionGroups ?? []).map(conditionGroup),
      ...template.throttlingConditions.map((condition) => text('throttlingConditions', condition)),
      text('throttlingTier', template.throttlingTier),
      text('throttlingTiers', template.throttlingTier),
      text('uriTemplate', template.uriTemplate),
    ];
    return `<ns:return xmlns:m="${MODEL}">${fields.join('')}</ns:return>`;
  };
  const items =
    templates.length === 0 ? `<ns:return xmlns:xsi="${XSI}" xsi:nil="true"/>` : templates.map(item).join('');
  return wrapped(`${operation}Response`, items);
};

const conditionGroup = ({ conditionGroupId, conditions }: ConditionGroupInfo): string => {
  const text = (name: string, value: string | boolean): string => `<c:${name}>${escapeXml(String(value))}</c:${name}>`;
  const items = conditions.map(
    ({ conditionName, conditionType, conditionValue, inverted }) =>
      `<c:conditions>${text('conditionName', conditionName)}${text('conditionType', conditionType)}${text('conditionValue', conditionValue)}${text('inverted', inverted)}</c:conditions>`,
  );
  return `<m:conditionGroups xmlns:c="${CONDITIONS}">${text('conditionGroupId', conditionGroupId)}${items.join('')}</m:conditionGroups>`;
};
