import { escapeXml } from '../soap/envelope.ts';
import type { Answer } from '../web.ts';

/** The form of the console's log-in; after one that failed it says so. */
export const logInPage = (status: string | null): Answer =>
  page(`${status === null || status === 'true' ? '' : '<p id="error-msg">Login failed! Please recheck the username and password and try again.</p>'}
<form action="../admin/login_action.jsp" method="post">
<input type="text" name="username" autocomplete="username" required>
<input type="password" name="password" autocomplete="current-password" required>
<button type="submit">Sign-in</button>
</form>`);

/** What the console's user comes to. */
export const homePage = (user: string): Answer =>
  page(`<p>Signed-in as: ${escapeXml(user)}@carbon.super</p>
<p>The simulator has no management console but its log-in; the admin services are the product's.</p>
<p><a href="../admin/logout_action.jsp">Sign-out</a></p>`);

const page = (body: string): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/html;charset=UTF-8', 'Cache-Control': 'no-store' },
  body: `<!doctype html>
<html lang="en">
<head><title>WSO2 Management Console</title></head>
<body>
<h2>WSO2 Management Console</h2>
${body}
</body>
</html>
`,
});
