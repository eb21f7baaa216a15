import { expectStatus } from '../answers.ts';
import { basic } from '../http-client.ts';
import type { ProbeContext } from '../probes.ts';

/** Namespace of the user management service (carbon-identity, RemoteUserStoreManagerService.wsdl). */
const NAMESPACE = 'http://service.ws.um.carbon.wso2.org';

/** Who manages users, and where. */
export type UserAdmin = Pick<ProbeContext, 'http'> & {
  /** Servlet port of a node with the service: `https://localhost:20000`. */
  readonly origin: string;
  readonly credentials: { readonly username: string; readonly password: string };
};

/** Role of subscribers, by which all versions ship it. */
const SUBSCRIBERS = 'Internal/subscriber';

/** Adds a user with the role of subscribers. @throws Mismatch, NoAnswer */
export const addUser = (admin: UserAdmin, username: string, password: string): Promise<void> =>
  call(
    admin,
    'addUser',
    `<u:userName>${username}</u:userName><u:credential>${password}</u:credential>` +
      `<u:roleList>${SUBSCRIBERS}</u:roleList><u:requirePasswordChange>false</u:requirePasswordChange>`,
  );

/** Takes the role of subscribers from a user. @throws Mismatch, NoAnswer */
export const takeRole = (admin: UserAdmin, username: string): Promise<void> =>
  call(
    admin,
    'updateRoleListOfUser',
    `<u:userName>${username}</u:userName><u:deletedRoles>${SUBSCRIBERS}</u:deletedRoles>`,
  );

/** Gives a user another password. @throws Mismatch, NoAnswer */
export const changePassword = (admin: UserAdmin, username: string, password: string): Promise<void> =>
  call(
    admin,
    'updateCredentialByAdmin',
    `<u:userName>${username}</u:userName><u:newCredential>${password}</u:newCredential>`,
  );

/** Deletes a user. @throws Mismatch, NoAnswer */
export const deleteUser = (admin: UserAdmin, username: string): Promise<void> =>
  call(admin, 'deleteUser', `<u:userName>${username}</u:userName>`);

/** Calls the service as any SOAP 1.1 client does; names and passwords must not need escaping. */
const call = async ({ http, origin, credentials }: UserAdmin, operation: string, content: string): Promise<void> => {
  const answer = await http({
    url: `${origin}/services/RemoteUserStoreManagerService`,
    method: 'POST',
    headers: {
      'Content-Type': 'text/xml; charset=UTF-8',
      SOAPAction: `"urn:${operation}"`,
      Authorization: basic(credentials.username, credentials.password),
    },
    body:
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="${NAMESPACE}"><s:Body>` +
      `<u:${operation}>${content}</u:${operation}></s:Body></s:Envelope>`,
  });
  // All are void operations: a WSDL that says so has them answered 202 without a body, or 200 with an empty one.
  if (answer.status !== 202) expectStatus(answer, 200);
};
