import { type SoapRequest, soapAnswer, soapFault } from '../carbon/soap/envelope.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { ADMIN_ROLE } from '../carbon/users/roles.ts';
import type { Answer } from '../carbon/web.ts';
import { response } from './soap-response.ts';
import type { UserManagement } from './user-management.ts';
import { UserManagementError } from './user-management-error.ts';
import type { UserQueries } from './user-queries.ts';
import { USER_STORE_INTERFACE } from './user-store-interface.ts';

type Change = (management: UserManagement, request: SoapRequest) => Promise<void>;
type Query = (queries: UserQueries, request: SoapRequest) => Promise<boolean | readonly string[]>;

const text = (request: SoapRequest, name: string): string => request.argument(name) ?? '';

/** Operations without a result: Axis2 accepts the call and says nothing, unless it fails. */
const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['addUser', (to, call) => to.addUser(text(call, 'userName'), text(call, 'credential'), call.texts('roleList'))],
  ['deleteUser', (to, call) => to.deleteUser(text(call, 'userName'))],
  [
    'updateRoleListOfUser',
    (to, call) => to.updateRolesOfUser(text(call, 'userName'), call.texts('deletedRoles'), call.texts('newRoles')),
  ],
  [
    'updateUserListOfRole',
    (to, call) => to.updateUsersOfRole(text(call, 'roleName'), call.texts('deletedUsers'), call.texts('newUsers')),
  ],
  [
    'updateCredential',
    (to, call) => to.updateCredential(text(call, 'userName'), text(call, 'newCredential'), text(call, 'oldCredential')),
  ],
  [
    'updateCredentialByAdmin',
    (to, call) => to.updateCredentialByAdmin(text(call, 'userName'), text(call, 'newCredential')),
  ],
  ['addRole', (to, call) => to.addRole(text(call, 'roleName'), call.texts('userList'))],
  ['deleteRole', (to, call) => to.deleteRole(text(call, 'roleName'))],
]);

const QUERIES: ReadonlyMap<string, Query> = new Map<string, Query>([
  ['listUsers', (from, call) => from.listUsers(text(call, 'filter'), Number(text(call, 'maxItemLimit')))],
  ['isExistingUser', (from, call) => from.isExistingUser(text(call, 'userName'))],
  ['isExistingRole', (from, call) => from.isExistingRole(text(call, 'roleName'))],
  ['getRoleListOfUser', (from, call) => from.rolesOfUser(text(call, 'userName'))],
  ['getUserListOfRole', (from, call) => from.usersOfRole(text(call, 'roleName'))],
  ['getRoleNames', (from) => from.roleNames()],
  ['authenticate', (from, call) => from.authenticate(text(call, 'userName'), text(call, 'credential'))],
]);

/** Arguments with which these operations would do more than is simulated: claims and permissions. */
const BEYOND: Readonly<Record<string, string>> = { addUser: 'claims', addRole: 'permissions' };

/** `RemoteUserStoreManagerService`, by which users and roles are managed; for admins, and for nobody else. */
export const remoteUserStoreService = (
  management: UserManagement,
  queries: UserQueries,
  onNotSimulated: (what: string) => void,
): SoapService => ({
  name: 'RemoteUserStoreManagerService',
  open: false,
  interface: USER_STORE_INTERFACE,
  handle: async (request, _call, caller) => {
    // `/permission/admin/manage/identity` and its kin: of the shipped roles only admin has them.
    if (!caller?.user.roles.includes(ADMIN_ROLE))
      return soapFault(request.version, 'Access Denied. Authorization failed');
    const { operation, version } = request;
    const change = CHANGES.get(operation);
    const query = QUERIES.get(operation);
    const beyond = Object.hasOwn(BEYOND, operation) ? BEYOND[operation] : undefined;
    if ((!change && !query) || (beyond !== undefined && request.has(beyond)))
      return notSimulated(request, beyond, onNotSimulated);
    try {
      if (query) return soapAnswer(version, response(operation, await query(queries, request)));
      await change?.(management, request);
      return { status: 202 };
    } catch (cause) {
      if (cause instanceof UserManagementError) return soapFault(version, cause.message);
      throw cause;
    }
  },
});

const notSimulated = (
  { operation, version }: SoapRequest,
  argument: string | undefined,
  onNotSimulated: (what: string) => void,
): Answer => {
  const what = `RemoteUserStoreManagerService.${operation}${argument === undefined ? '' : ` with ${argument}`}`;
  onNotSimulated(what);
  return soapFault(version, `The simulator does not simulate ${what}`, 501);
};
