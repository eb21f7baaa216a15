import { expectStatus } from '../answers.ts';
import { expectThat, type HopRecorder, Mismatch } from '../hops.ts';
import type { BalancedGroup } from './balanced-groups.ts';
import { Browser, redirectOf } from './browser.ts';
import type { SessionProbe } from './session-probe.ts';

const HOME = '/carbon/admin/index.jsp';

/** Browsers that log in, and pages that each asks for: round robin has no chance to be right by luck. */
const BROWSERS = 3;
const PAGES = 5;

/**
 * Proves that a browser stays on one node at the management console, whose session is in the memory of the node that it logged in
 * to (wire.md 10): another node shows the log-in again.
 */
export const checkConsole = async (
  { http, status }: SessionProbe,
  recorder: HopRecorder,
  { balancer }: BalancedGroup,
): Promise<void> => {
  await recorder.hop({
    name: '/carbon: use the session',
    from: 'probe',
    to: balancer.name,
    work: async () => {
      for (let round = 1; round <= BROWSERS; round += 1) {
        const browser = new Browser(http, balancer.origin);
        expectStatus(await browser.get('/carbon/admin/login.jsp'), 200);
        const answer = await browser.post('/carbon/admin/login_action.jsp', status.credentials);
        const { pathname, search } = redirectOf(answer);
        expectThat(pathname === HOME, HOME, pathname + search);
        for (let page = 1; page <= PAGES; page += 1) {
          const shown = await browser.get(HOME);
          if (shown.status === 302) throw new Mismatch(`page ${page} of browser ${round} asks for a log-in again`);
          expectStatus(shown, 200);
        }
        await browser.get('/carbon/admin/logout_action.jsp');
      }
      return { value: undefined, detail: `${BROWSERS} browsers, ${PAGES} pages each` };
    },
  });
};
