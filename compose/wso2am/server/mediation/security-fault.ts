import { escapeXml } from '../carbon/soap/envelope.ts';
import type { Answer } from '../carbon/web.ts';
import { type RequestHeaders, requestedFormat } from './requested-format.ts';

/** Why the gateway refuses a caller. */
export type SecurityFault = { readonly code: number; readonly description: string };

/** Messages by code (wire.md 3.2); one that is not here is unclassified. */
const MESSAGES: Readonly<Record<number, string>> = {
  900901: 'Invalid Credentials',
  900902: 'Missing Credentials',
  900903: 'Access Token Expired',
  900904: 'Access Token Inactive',
  900905: 'Incorrect Access Token Type is provided',
  900906: 'No matching resource found in the API for the given request',
  900907: 'The requested API is temporarily blocked',
  // The blank at the end is the product's.
  900908: 'Resource forbidden ',
  900909: 'The subscription to the API is inactive',
  900910: 'The access token does not allow you to access the requested resource',
  900911: 'Internal Server Error',
};

const STATUS: Readonly<Record<number, number>> = { 900900: 500, 900911: 500, 900906: 403, 900908: 403, 900910: 403 };

/** What is appended to the description of some codes. */
const ADVICE: Readonly<Record<number, string>> = {
  900901: '. Make sure you have provided the correct security credentials',
  900903: '. Renew the access token and try again',
  900904: '. Generate a new access token and try again',
};

export const securityMessage = (code: number): string => MESSAGES[code] ?? 'Unclassified Authentication Failure';

export const MISSING_CREDENTIALS: SecurityFault = {
  code: 900902,
  description:
    "Invalid Credentials. Make sure your API invocation call has a header: 'Authorization : Bearer ACCESS_TOKEN' or 'Authorization : Basic ACCESS_TOKEN' or 'apikey: API_KEY'",
};

/** Also what the gateway logs when its Key Manager fails it. */
export const KEY_MANAGER_AWAY: SecurityFault = {
  code: 900900,
  description: 'Error while accessing backend services for API key validation',
};

/** A refusal as the Key Manager's answers, and those of the caches, are worded. */
export const accessFailure = (
  api: { readonly context: string; readonly version: string },
  code: number,
): SecurityFault =>
  described(
    code,
    `Access failure for API: ${api.context}, version: ${api.version} status: (${code}) - ${securityMessage(code)}`,
  );

/** A refusal in these words, with the advice that belongs to its code. */
export const described = (code: number, text: string): SecurityFault => ({
  code,
  description: text + (ADVICE[code] ?? ''),
});

export const INVALID_CREDENTIALS: SecurityFault = described(900901, 'Invalid Credentials');

/** JWTs, passwords and API keys are judged by the API's definition; one that is not in the gateway is its own fault. */
export const MISSING_DEFINITION: SecurityFault = described(900911, 'Internal Server Error');

/** No authenticator was there to ask. */
export const UNCLASSIFIED: SecurityFault = described(900900, 'Unclassified Authentication Failure');

/** Two parts of the challenge are constant, whatever the cause (wire.md 3.2). */
const CHALLENGE =
  'OAuth2 realm="WSO2 API Manager", error="invalid_token", error_description="The access token expired"';
const BASIC_CHALLENGE = ' Basic Auth realm="WSO2 API Manager"';

/** @param basicEnabled whether the API takes Basic, which the challenge then names too */
export const securityFaultAnswer = (fault: SecurityFault, headers: RequestHeaders, basicEnabled: boolean): Answer => {
  const status = STATUS[fault.code] ?? 401;
  const { contentType, body } = bodyOf(fault, headers);
  const challenge = status === 401 && {
    'WWW-Authenticate': basicEnabled ? `${CHALLENGE},${BASIC_CHALLENGE}` : CHALLENGE,
  };
  return { status, headers: { 'Content-Type': `${contentType}; charset=UTF-8`, ...challenge }, body };
};

const bodyOf = ({ code, description }: SecurityFault, headers: RequestHeaders) => {
  const format = requestedFormat(headers);
  const message = securityMessage(code);
  switch (format.kind) {
    case 'soap':
      return { contentType: format.contentType, body: soapFaultOf(format.namespace, description) };
    case 'json':
      return { contentType: format.contentType, body: JSON.stringify({ fault: { code, message, description } }) };
    case 'xml':
      return {
        contentType: format.contentType,
        body: `<ams:fault xmlns:ams="http://wso2.org/apimanager/security"><ams:code>${code}</ams:code><ams:message>${escapeXml(message)}</ams:message><ams:description>${escapeXml(description)}</ams:description></ams:fault>`,
      };
  }
};

const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

/** Code `Client` (in SOAP 1.2 `Sender`), reason `Authentication Failure` (wire.md 3.2). */
const soapFaultOf = (namespace: string, detail: string): string => {
  const text = escapeXml(detail);
  const fault =
    namespace === SOAP_12
      ? `<soapenv:Code><soapenv:Value>soapenv:Sender</soapenv:Value></soapenv:Code><soapenv:Reason><soapenv:Text xml:lang="en">Authentication Failure</soapenv:Text></soapenv:Reason><soapenv:Detail>${text}</soapenv:Detail>`
      : `<faultcode>soapenv:Client</faultcode><faultstring>Authentication Failure</faultstring><detail>${text}</detail>`;
  return `<soapenv:Envelope xmlns:soapenv="${namespace}"><soapenv:Body><soapenv:Fault>${fault}</soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
};
