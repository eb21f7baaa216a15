import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { readEnvelope, soapAnswer, soapFault } from '../../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { json } from '../../../../compose/wso2am/server/carbon/web.ts';
import { writeAnswer } from '../../../../compose/wso2am/server/carbon/write-answer.ts';
import {
  uriTemplatesResponse,
  validateKeyResponse,
} from '../../../../compose/wso2am/server/key-validation/soap-messages.ts';
import type { UriTemplateInfo } from '../../../../compose/wso2am/server/key-validation/uri-template-info.ts';
import type { ValidationInfo } from '../../../../compose/wso2am/server/key-validation/validation-info.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { refusedInfo, resourceInfo } from './sample-info.ts';

export type KeyManagerDouble = {
  readonly serviceUrl: string;
  /** Operations that were called; of validateKey with the token. */
  readonly asked: string[];
  /** What is known of tokens; a token that is not here is 900901. */
  readonly tokens: Map<string, ValidationInfo>;
  readonly resources: UriTemplateInfo[];
  /** What `/oauth2/introspect` says of tokens; of others that they are not active. */
  readonly introspected: Map<string, object>;
  /** Users that Basic authentication may ask for, by name with tenant. */
  readonly users: Map<string, { readonly password: string; readonly roles: readonly string[] }>;
  /** While set, every call is answered by a fault. */
  broken: boolean;
};

/** A server on loopback that answers the services of a Key Manager and `/oauth2/introspect` from tables, in plain HTTP. */
export const startKeyManagerDouble = async (): Promise<KeyManagerDouble> => {
  const asked: string[] = [];
  const tokens = new Map<string, ValidationInfo>();
  const resources = [resourceInfo()];
  const introspected = new Map<string, object>();
  const users: KeyManagerDouble['users'] = new Map();
  const server = createServer(async (incoming, response) => {
    if (incoming.url === '/oauth2/introspect') {
      const token = new URLSearchParams(await text(incoming)).get('token') ?? '';
      asked.push(`introspect ${token} ${incoming.headers.authorization}`);
      const known = introspected.get(token) ?? { active: false };
      return writeAnswer(response, double.broken ? { status: 500 } : json(200, known));
    }
    const request = readEnvelope(await text(incoming));
    const token = request.argument('accessToken');
    asked.push(token === undefined ? request.operation : `${request.operation} ${token}`);
    const user = users.get(request.argument('username') ?? '');
    const content = (): string => {
      switch (request.operation) {
        case 'validateKey':
        case 'validateKeyforHandshake':
          return validateKeyResponse(tokens.get(token ?? '') ?? refusedInfo(900901), request.operation);
        case 'authenticate':
          return returned(request.operation, [String(user?.password === request.argument('password'))]);
        case 'getUserRoles':
          return returned(request.operation, user?.roles ?? []);
        default:
          return uriTemplatesResponse(request.operation, resources);
      }
    };
    writeAnswer(response, double.broken ? soapFault('1.1', 'out of order') : soapAnswer('1.1', content()));
  });
  const double = {
    serviceUrl: `http://127.0.0.1:${await listenOnLoopback(server)}/services/`,
    asked,
    tokens,
    resources,
    introspected,
    users,
    broken: false,
  };
  return double;
};

const returned = (operation: string, values: readonly string[]): string =>
  `<ns:${operation}Response xmlns:ns="http://org.apache.axis2/xsd">${values.map((value) => `<ns:return>${value}</ns:return>`).join('')}</ns:${operation}Response>`;
