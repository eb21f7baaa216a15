import type { User } from '../../carbon/user-store.ts';
import { ADMIN_ROLE } from '../../carbon/users/roles.ts';
import type { Api } from '../model/api.ts';

/** Whether a user sees an API in the Publisher: access control leaves out users without one of its roles. */
export const mayManage = (user: User, { accessControl, accessControlRoles, provider }: Api): boolean =>
  accessControl === 'NONE' ||
  user.roles.includes(ADMIN_ROLE) ||
  user.name === provider ||
  accessControlRoles.some((role) => user.roles.includes(role));
