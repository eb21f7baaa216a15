import type { User } from '../../carbon/user-store.ts';
import type { Answer, Call } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { BROWSE } from './scopes.ts';

/** A `GET` that also serves visitors, for whom there is no user. */
export const open = (
  path: string,
  answer: (call: Call, user: User | undefined) => Promise<Answer> | Answer,
): RestRoute => ({
  method: 'GET',
  path,
  scopes: BROWSE,
  handle: (call, { user }) => answer(call, user),
  anonymously: (call) => answer(call, undefined),
});
