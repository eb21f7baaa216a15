import type { ServiceInterface } from '../carbon/soap/wsdl/service-interface.ts';

/** The WSDL of `RemoteUserStoreManagerService`, as far as the simulator answers: without claims and permissions. */
export const USER_STORE_INTERFACE: ServiceInterface = {
  namespace: 'http://service.ws.um.carbon.wso2.org',
  operations: {
    addUser: { takes: 'userName credential roleList* profileName requirePasswordChange:boolean' },
    deleteUser: { takes: 'userName' },
    updateRoleListOfUser: { takes: 'userName deletedRoles* newRoles*' },
    updateUserListOfRole: { takes: 'roleName deletedUsers* newUsers*' },
    updateCredential: { takes: 'userName newCredential oldCredential' },
    updateCredentialByAdmin: { takes: 'userName newCredential' },
    addRole: { takes: 'roleName userList*' },
    deleteRole: { takes: 'roleName' },
    listUsers: { takes: 'filter maxItemLimit:int', gives: 'return*' },
    isExistingUser: { takes: 'userName', gives: 'return:boolean' },
    isExistingRole: { takes: 'roleName', gives: 'return:boolean' },
    getRoleListOfUser: { takes: 'userName', gives: 'return*' },
    getUserListOfRole: { takes: 'roleName', gives: 'return*' },
    getRoleNames: { takes: '', gives: 'return*' },
    authenticate: { takes: 'userName credential', gives: 'return:boolean' },
  },
};
