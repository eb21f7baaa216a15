import { escapeXml } from '../carbon/soap/envelope.ts';
import { KeyManagerError } from './key-manager-error.ts';
import { keyManagerStub, returnsOf } from './key-manager-stub.ts';
import type { KeyManagerAddress } from './key-validator.ts';

/** Where the Key Manager answers for its users. The namespace is that of its sister service (?). */
export const REMOTE_USERS = {
  service: 'APIKeyMgtRemoteUserStoreMgtService',
  namespace: 'http://org.apache.axis2/xsd',
} as const;

/** How a gateway, which may have no user store of its own, asks for users. Every method rejects with `KeyManagerError` only. */
export type RemoteUsers = {
  authenticate(username: string, password: string, activityId: string): Promise<boolean>;
  rolesOf(username: string, activityId: string): Promise<readonly string[]>;
};

/** The client of `APIKeyMgtRemoteUserStoreMgtService`. */
export const soapRemoteUsers = (address: KeyManagerAddress): RemoteUsers => {
  const stub = keyManagerStub(address, REMOTE_USERS.service);
  const call = async (
    operation: string,
    values: Readonly<Record<string, string>>,
    activityId: string,
  ): Promise<readonly string[]> => {
    const content = Object.entries(values).map(([name, value]) => `<ns:${name}>${escapeXml(value)}</ns:${name}>`);
    const element = `<ns:${operation} xmlns:ns="${REMOTE_USERS.namespace}">${content.join('')}</ns:${operation}>`;
    return returnsOf(await stub(operation, element, activityId)).map((value) => {
      if (typeof value !== 'string') throw new KeyManagerError(`its answer of ${operation} is no text`);
      return value;
    });
  };
  return {
    authenticate: async (username, password, activityId) =>
      (await call('authenticate', { username, password }, activityId))[0] === 'true',
    rolesOf: (username, activityId) => call('getUserRoles', { username }, activityId),
  };
};
