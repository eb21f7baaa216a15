import type { Endpoint } from '../carbon/web.ts';
import { type Portal, SERVICES } from './portal.ts';

/** Where a log-in, a log-out and a bookmark lead to; every other page of the user interface is not simulated. */
const PAGES = ['', '/apis', '/logout'] as const;

/**
 * A small page in place of the user interface. Like the product's it is the same for everybody: there the browser's script
 * finds out who is logged in.
 */
export const portalPages = ({ context, title }: Portal): readonly Endpoint[] =>
  PAGES.map((page) => ({
    method: 'GET',
    path: context + page,
    handle: () => ({
      status: 200,
      headers: { 'Content-Type': 'text/html;charset=UTF-8', 'Cache-Control': 'no-store' },
      body: `<!doctype html>
<html lang="en">
<head><title>${title}</title></head>
<body>
<h1>${title}</h1>
<p>The simulator has no user interface; its log-in and its REST API are the product's.</p>
<p><a href="${context}${SERVICES.logIn}">Log in</a> <a href="${context}${SERVICES.introspect}">Who am I</a> <a href="${context}${SERVICES.logOut}">Log out</a></p>
</body>
</html>
`,
    }),
  }));
