import type { User } from '../user-store.ts';
import { ADMIN_ROLE } from './roles.ts';

/**
 * Permissions that the product gives to its roles when it makes them (carbon-apimgt 6.5.349, role creation at start); the
 * trees below `/permission/admin` that nothing here asks for are left out.
 */
const GRANTED: ReadonlyMap<string, readonly string[]> = new Map([
  [ADMIN_ROLE, ['/permission']],
  ['Internal/creator', ['/permission/admin/login', '/permission/admin/manage/api/create']],
  ['Internal/publisher', ['/permission/admin/login', '/permission/admin/manage/api/publish']],
  ['Internal/subscriber', ['/permission/admin/login', '/permission/admin/manage/api/subscribe']],
  ['Internal/devops', ['/permission/admin/login']],
]);

export const PERMISSIONS = {
  logIn: '/permission/admin/login',
  createApi: '/permission/admin/manage/api/create',
  publishApi: '/permission/admin/manage/api/publish',
  subscribeApi: '/permission/admin/manage/api/subscribe',
  /** What a log-in at the event receiver asks for (wire.md 5.1). */
  publishEvents: '/permission/admin/publish/wso2event',
} as const;

export type Permission = (typeof PERMISSIONS)[keyof typeof PERMISSIONS];

/** Whether one of the user's roles holds the permission or one above it in the tree. */
export const hasPermission = (user: User, permission: Permission): boolean =>
  user.roles.some((role) =>
    (GRANTED.get(role) ?? []).some((granted) => permission === granted || permission.startsWith(`${granted}/`)),
  );

/** Whether the user may log in to the consoles and the admin services. */
export const mayLogIn = (user: User): boolean => hasPermission(user, PERMISSIONS.logIn);
