import { escapeXml, soapAnswer, soapFault } from '../carbon/soap/envelope.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import type { UserStore } from '../carbon/user-store.ts';
import { ADMIN_ROLE } from '../carbon/users/roles.ts';
import { REMOTE_USERS } from './remote-users.ts';

/** `APIKeyMgtRemoteUserStoreMgtService` of the Key Manager (wire.md 2.2), which gateways ask about users of Basic authentication. */
export const remoteUsersService = (users: UserStore): SoapService => ({
  name: REMOTE_USERS.service,
  open: false,
  handle: async ({ version, operation, argument }, _call, caller) => {
    // `/permission/admin/manage`: of the shipped roles only admin has it.
    if (!caller?.user.roles.includes(ADMIN_ROLE)) return soapFault(version, 'Access Denied. Authorization failed');
    const username = argument('username') ?? '';
    const answer = (...values: readonly string[]) => {
      const returns = values.map((value) => `<ns:return>${escapeXml(value)}</ns:return>`).join('');
      const element = `${operation}Response`;
      return soapAnswer(version, `<ns:${element} xmlns:ns="${REMOTE_USERS.namespace}">${returns}</ns:${element}>`);
    };
    switch (operation) {
      case 'authenticate':
        return answer(String((await users.authenticate(username, argument('password') ?? '')) !== undefined));
      case 'getUserRoles':
        return answer(...((await users.find(username))?.roles ?? []));
      default:
        return undefined;
    }
  },
});
