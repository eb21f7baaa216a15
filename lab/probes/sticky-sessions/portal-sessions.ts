import { REST_BASE_PATHS, type RestApi } from '../../product/rest-apis.ts';
import type { Role } from '../../product/roles.ts';
import { expectStatus } from '../answers.ts';
import { expectThat, type HopRecorder, Mismatch } from '../hops.ts';
import type { BalancedGroup } from './balanced-groups.ts';
import { Browser, redirectOf } from './browser.ts';
import { spread } from './holders.ts';
import { knowsLogIn, openLogInPage, sendLogIn } from './portal-log-in.ts';
import type { SessionProbe } from './session-probe.ts';

export type PortalFacts = { readonly context: string; readonly api: RestApi; readonly list: string };

const PUBLISHER: PortalFacts = { context: '/publisher', api: 'publisher', list: '/apis?limit=1' };
const DEVELOPER_PORTAL: PortalFacts = { context: '/devportal', api: 'store', list: '/applications?limit=1' };

/** Portals that the nodes of a role serve. */
export const PORTALS_OF: Readonly<Partial<Record<Role, readonly PortalFacts[]>>> = {
  publisher: [PUBLISHER],
  'developer-portal': [DEVELOPER_PORTAL],
  'all-in-one': [PUBLISHER, DEVELOPER_PORTAL],
};

/** Browsers that log in, and answers that each gives on its log-in page: round robin has no chance to be right by luck. */
const BROWSERS = 5;
const ANSWERS = 5;

/**
 * Proves that browsers stay on one node while they log in to a portal: what the log-in page sends must reach the node that has
 * the log-in in its memory (wire.md 10). Two ways: wrong answers, each of which that node must recognise, and the whole flow.
 */
export const checkPortal = async (
  { http, status }: SessionProbe,
  recorder: HopRecorder,
  { balancer, members }: BalancedGroup,
  portal: PortalFacts,
): Promise<void> => {
  const { context } = portal;
  const step = <T>(name: string, work: () => Promise<{ value: T; detail: string }>) =>
    recorder.hop({ name: `${context}: ${name}`, from: 'probe', to: balancer.name, work });

  await step('log-in page stays on one node', async () => {
    const holders: string[] = [];
    for (let round = 1; round <= BROWSERS; round += 1) {
      const browser = new Browser(http, balancer.origin);
      const key = await openLogInPage(browser, context);
      const holder = await holderOf(
        key,
        members.map(({ name, origin }) => [name, new Browser(http, origin)]),
      );
      holders.push(holder);
      for (let answer = 1; answer <= ANSWERS; answer += 1) {
        const kept = await knowsLogIn(browser, key);
        expectThat(kept, `log-in ${round} on ${holder} only`, `answer ${answer} on another node`);
      }
    }
    return { value: undefined, detail: `${BROWSERS} browsers, ${ANSWERS} answers each: ${spread(holders)}` };
  });

  const browser = await step('log in', async () => {
    let last = new Browser(http, balancer.origin);
    for (let round = 1; round <= BROWSERS; round += 1) {
      last = new Browser(http, balancer.origin);
      await sendLogIn(last, context, await openLogInPage(last, context), status.credentials);
    }
    return { value: last, detail: `${BROWSERS} browsers logged in as ${status.credentials.username}` };
  });
  if (!browser) {
    return recorder.notTried({ name: `${context}: use the session`, from: 'probe', to: balancer.name }, 'no log-in');
  }
  await step('use the session', async () => {
    const half = browser.cookie('WSO2_AM_TOKEN_1_Default', `${context}/`) ?? '';
    const url = REST_BASE_PATHS[portal.api][status.version][0] + portal.list;
    for (let call = 1; call <= ANSWERS; call += 1) {
      expectStatus(await browser.get(url, { Authorization: `Bearer ${half}` }), 200);
    }
    return { value: undefined, detail: `${ANSWERS} calls with the halves of the token` };
  });
  await step('log out', async () => {
    let at = redirectOf(await browser.get(`${context}/services/logout`));
    // The product may ask for consent in between; who logged in is forgotten by the portal's own callback.
    if (at.pathname === '/oidc/logout') at = redirectOf(await browser.get(at.href));
    if (at.pathname.startsWith(`${context}/`)) await browser.get(at.href);
    return { value: undefined, detail: `led to ${at.pathname}` };
  });
};

/** The member that has a log-in in its memory. */
const holderOf = async (key: string, members: readonly (readonly [string, Browser])[]): Promise<string> => {
  const known = await Promise.all(members.map(([, browser]) => knowsLogIn(browser, key)));
  const holders = members.filter((_, index) => known[index]).map(([name]) => name);
  if (holders.length === 0) throw new Mismatch('no node knows the log-in that the load balancer led to');
  return holders.join(' and ');
};
