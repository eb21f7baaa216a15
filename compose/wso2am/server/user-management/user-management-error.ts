/** A change of users or roles that is refused; its message goes to the client in a fault. */
export class UserManagementError extends Error {
  override readonly name = 'UserManagementError';
}
