import { localUserName } from '../carbon/users/user-name.ts';
import { UserManagementError } from './user-management-error.ts';

/** The JDBC user store's defaults for new names and passwords, ASCII only (?). */
const NAME = /^[a-zA-Z0-9._|-]{3,30}$/;
const ROLE = /^(?:Internal\/)?[a-zA-Z0-9._|-]{3,30}$/;
const PASSWORD = /^\S{5,30}$/;

/** @throws UserManagementError where a user could not be called so */
export const checkNewUser = (name: string, password: string): void => {
  if (!NAME.test(name))
    throw new UserManagementError(
      `Username ${name} is not valid. User name must be a non null string with following format, ${NAME.source}`,
    );
  checkPassword(password);
};

/** @throws UserManagementError */
export const checkPassword = (password: string): void => {
  if (!PASSWORD.test(password))
    throw new UserManagementError(
      `Credential not valid. Credential must be a non null string with following format, ${PASSWORD.source}`,
    );
};

/** @throws UserManagementError where a role could not be called so */
export const checkNewRole = (name: string): void => {
  if (!ROLE.test(name))
    throw new UserManagementError(
      `Role name not valid. Role name must be a non null string with following format, ${ROLE.source}`,
    );
};

/** Name of a user as the tables have it; undefined for a name that no user of them can have. */
export const storedUserName = (written: string): string | undefined => {
  const name = localUserName(written);
  // Nothing but latin1 can be compared with the tables; the controls of its upper half are no part of it.
  return name !== undefined && /^[\x20-\x7e\xa0-\xff]+$/.test(name) ? name : undefined;
};
