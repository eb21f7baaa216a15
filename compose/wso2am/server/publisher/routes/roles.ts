import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { findRole } from '../../user-management/role-rows.ts';
import type { PublisherContext } from '../context.ts';
import { nameIn } from './encoded-name.ts';

/** `HEAD /roles/{roleId}` and `/me/roles/{roleId}`: whether there is a role, and whether the caller has it. */
export const roleRoutes = ({ shared }: PublisherContext): readonly RestRoute[] => [
  {
    method: 'HEAD',
    path: '/roles/:roleId',
    scopes: ['apim:api_create'],
    handle: async (call) => {
      const name = nameIn(call.params.roleId ?? '');
      return { status: name !== undefined && (await findRole(shared, name)) ? 200 : 404 };
    },
  },
  {
    method: 'HEAD',
    path: '/me/roles/:roleId',
    scopes: ['apim:api_create'],
    handle: (call, { user }) => {
      const name = nameIn(call.params.roleId ?? '');
      return { status: name !== undefined && user.roles.includes(name) ? 200 : 404 };
    },
  },
];
