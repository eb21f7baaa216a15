import { expectStatus } from '../answers.ts';
import { expectThat, Mismatch } from '../hops.ts';
import { type Browser, redirectOf } from './browser.ts';
import type { Credentials } from './session-probe.ts';

/** Where the product sends a log-in that the node knows nothing of (wire.md 10). */
const RETRY_PAGE = '/authenticationendpoint/retry.do';

/** Redirects from the log-in page to the portal before something goes in circles. */
const MOST_REDIRECTS = 5;

/** From a portal to its log-in page (wire.md 7.4). @returns the sessionDataKey, which one node has in its memory */
export const openLogInPage = async (browser: Browser, context: string): Promise<string> => {
  const authorize = redirectOf(await browser.get(`${context}/services/auth/login`));
  const page = redirectOf(await browser.get(authorize.href));
  const key = page.searchParams.get('sessionDataKey');
  if (key === null) throw new Mismatch(`no log-in page, but ${page.pathname}${page.search}`);
  expectStatus(await browser.get(page.href), 200);
  return key;
};

/** Nobody: an answer that changes nothing, and tells whether the node knows the log-in. */
const NOBODY = { username: 'apim_lab_nobody', password: 'wrong' };

/** Whether the node that this reaches knows a log-in: it then says that the password is wrong. */
export const knowsLogIn = async (browser: Browser, sessionDataKey: string): Promise<boolean> => {
  const page = redirectOf(await browser.post('/commonauth', { ...NOBODY, sessionDataKey }));
  if (page.pathname === RETRY_PAGE) return false;
  expectThat(page.searchParams.get('authFailure') === 'true', 'the log-in page again', page.pathname + page.search);
  return true;
};

/** Logs in on the page, and ends at the portal with its cookies. @throws Mismatch with where it broke */
export const sendLogIn = async (
  browser: Browser,
  context: string,
  sessionDataKey: string,
  user: Credentials,
): Promise<void> => {
  let answer = await browser.post('/commonauth', { ...user, sessionDataKey });
  for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
    const { pathname, search, href } = redirectOf(answer);
    if (pathname === RETRY_PAGE) throw new Mismatch('the node that got the password knows nothing of the log-in');
    if (pathname.startsWith('/authenticationendpoint/')) throw new Mismatch(`led to ${pathname}${search}`);
    answer = await browser.get(href);
    const isPortal = pathname === context || pathname.startsWith(`${context}/`);
    if (isPortal && browser.cookie('WSO2_AM_TOKEN_1_Default', `${context}/`) !== undefined) return;
  }
  throw new Mismatch(`not at ${context} after ${MOST_REDIRECTS} redirects`);
};
