import { expectStatus } from '../answers.ts';
import { Mismatch } from '../hops.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';
import type { Credentials } from './session-probe.ts';

type Operation = {
  readonly service: string;
  readonly namespace: string;
  readonly operation: string;
  readonly values: Readonly<Record<string, string>>;
};

/** Logs in at the admin services behind a URL (wire.md 11.3). @returns `JSESSIONID=...` */
export const logInAtAdminServices = async (http: HttpClient, origin: string, user: Credentials): Promise<string> => {
  const answer = await call(http, origin, {
    service: 'AuthenticationAdmin',
    namespace: 'http://authentication.services.core.carbon.wso2.org',
    operation: 'login',
    values: { ...user, remoteAddress: new URL(origin).hostname },
  });
  expectStatus(answer, 200);
  const cookie = (answer.headers['set-cookie'] ?? [])
    .map((each) => each.split(';', 1)[0] ?? '')
    .find((each) => each.startsWith('JSESSIONID='));
  if (cookie === undefined) throw new Mismatch(`the log-in of ${user.username} brought no session`);
  return cookie;
};

/** Whether the node that this reaches takes a session's cookie and nothing else: asks a service that changes nothing. */
export const isAccepted = async (
  http: HttpClient,
  origin: string,
  cookie: string,
  userName: string,
): Promise<boolean> => {
  const operation = 'isExistingUser';
  const namespace = 'http://service.ws.um.carbon.wso2.org';
  const asked = { service: 'RemoteUserStoreManagerService', namespace, operation, values: { userName } };
  const { status, body } = await call(http, origin, asked, { Cookie: cookie });
  return status === 200 && body.includes(`${operation}Response`);
};

const call = (
  http: HttpClient,
  origin: string,
  { service, namespace, operation, values }: Operation,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> => {
  const fields = Object.entries(values).map(([name, value]) => `<s:${name}>${escapeXml(value)}</s:${name}>`);
  return http({
    url: `${origin}/services/${service}`,
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'text/xml; charset=UTF-8', SOAPAction: `"urn:${operation}"` },
    body: `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><s:${operation} xmlns:s="${namespace}">${fields.join('')}</s:${operation}></soapenv:Body></soapenv:Envelope>`,
  });
};

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
