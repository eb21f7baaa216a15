import type { Role } from '../../product/roles.ts';
import { expectThat, type HopRecorder, Mismatch } from '../hops.ts';
import type { HttpClient } from '../http-client.ts';
import { isAccepted, logInAtAdminServices } from './admin-services.ts';
import type { BalancedGroup } from './balanced-groups.ts';
import { spread } from './holders.ts';
import type { SessionProbe } from './session-probe.ts';

/** Roles whose admin services others call with nothing but the cookie of their log-in (wire.md 10, 6.1, 5.13), or may. */
export const ADMIN_SERVICE_ROLES: readonly Role[] = ['key-manager', 'traffic-manager', 'gateway', 'all-in-one'];

/** Sessions that are opened, and calls in each: round robin has no chance to be right by luck. */
const SESSIONS = 3;
const CALLS = 10;

/**
 * Proves that a server stays on one node while it calls the admin services: after `AuthenticationAdmin.login` it sends the
 * cookie only, which other nodes do not know (wire.md 10).
 */
export const checkAdminServices = async (
  { http, status }: SessionProbe,
  recorder: HopRecorder,
  { balancer, members }: BalancedGroup,
): Promise<void> => {
  await recorder.hop({
    name: 'admin services: calls by cookie',
    from: 'probe',
    to: balancer.name,
    work: async () => {
      const holders: string[] = [];
      for (let session = 1; session <= SESSIONS; session += 1) {
        const cookie = await logInAtAdminServices(http, balancer.origin, status.credentials);
        const holder = await holderOf(http, members, cookie, status.credentials.username);
        holders.push(holder);
        for (let call = 1; call <= CALLS; call += 1) {
          const accepted = await isAccepted(http, balancer.origin, cookie, status.credentials.username);
          expectThat(accepted, `session ${session} on ${holder} only`, `call ${call} refused by another node`);
        }
      }
      return { value: undefined, detail: `${SESSIONS} sessions, ${CALLS} calls each: ${spread(holders)}` };
    },
  });
};

const holderOf = async (
  http: HttpClient,
  members: BalancedGroup['members'],
  cookie: string,
  user: string,
): Promise<string> => {
  const accepted = await Promise.all(members.map(({ origin }) => isAccepted(http, origin, cookie, user)));
  const holders = members.filter((_, index) => accepted[index]).map(({ name }) => name);
  if (holders.length === 0) throw new Mismatch('no node knows the session that the load balancer led to');
  return holders.join(' and ');
};
