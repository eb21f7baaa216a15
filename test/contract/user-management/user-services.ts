import { z } from 'zod';
import type { UserChange } from '../../../compose/wso2am/server/carbon/events.ts';
import { escapeXml } from '../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { childOf, childrenOf, parseXml, type XmlValue } from '../../../compose/wso2am/server/carbon/soap/parse-xml.ts';
import { soapEndpoint } from '../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { userManagementServices } from '../../../compose/wso2am/server/user-management/user-management-services.ts';
import type { KeyManager } from '../oauth2/key-manager.ts';
import { listen, recordingLog } from '../publisher/listen.ts';

export type SoapReply = {
  readonly status: number;
  /** Texts of the `return` elements. */
  readonly returns: readonly XmlValue[];
  /** Text of a fault. */
  readonly fault: string | undefined;
};

/** The user services of a node over TLS, with what others hear of their changes. */
export type UserServices = {
  readonly changes: UserChange[];
  /** A list is a repeated argument. */
  call(operation: string, values?: Readonly<Record<string, string | readonly string[]>>): Promise<SoapReply>;
  callAs(
    credentials: string,
    operation: string,
    values?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<SoapReply>;
  stop(): Promise<void>;
};

const NAMESPACE = 'http://service.ws.um.carbon.wso2.org';

export const startUserServices = async ({ context }: KeyManager): Promise<UserServices> => {
  const listening = await listen();
  const log = recordingLog([]);
  const services = userManagementServices(context);
  const { authenticator } = context;
  const onNotSimulated = (): void => undefined;
  listening.serve([soapEndpoint({ services, notSimulated: [], authenticator, log, onNotSimulated })], log);
  const changes: UserChange[] = [];
  context.events.userChanged.subscribe((change) => void changes.push(change));

  const callAs: UserServices['callAs'] = async (credentials, operation, values = {}) => {
    const parts = Object.entries(values).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((each) => `<u:${name}>${escapeXml(each)}</u:${name}>`),
    );
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:${operation} xmlns:u="${NAMESPACE}">${parts.join('')}</u:${operation}></s:Body></s:Envelope>`;
    const url = `https://localhost:${listening.port}/services/RemoteUserStoreManagerService`;
    const options: RequestInit & { readonly dispatcher: typeof listening.agent } = {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body,
      dispatcher: listening.agent,
    };
    const response = await fetch(url, options);
    return { status: response.status, ...readReply(await response.text(), operation) };
  };
  return {
    changes,
    callAs,
    call: (operation, values) => callAs('admin:admin', operation, values),
    stop: listening.stop,
  };
};

const readReply = (text: string, operation: string): Omit<SoapReply, 'status'> => {
  if (text === '') return { returns: [], fault: undefined };
  const body = childOf(childOf(parseXml(text), 'Envelope'), 'Body');
  const fault = z
    .string()
    .optional()
    .parse(childOf(childOf(body, 'Fault'), 'faultstring'));
  return { returns: childrenOf(childOf(body, `${operation}Response`), 'return'), fault };
};
