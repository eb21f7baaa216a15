import type { Endpoint } from '../../carbon/web.ts';
import { answering } from '../answering.ts';
import type { KeyManagerContext } from '../context.ts';
import { isForm } from '../form.ts';
import { withQuery } from './authorization-refused.ts';
import type { LoginSessions } from './login-sessions.ts';
import { loginPageUrl, RETRY_PAGE } from './pages.ts';
import { redirect } from './redirect.ts';

const CLASS = 'org.wso2.carbon.identity.application.authentication.framework.CommonAuthenticationHandler';

/** `POST /commonauth`: takes what the log-in page sends, and sends the browser on (wire.md 7.4, 10). */
export const commonauthEndpoint = (context: KeyManagerContext, sessions: LoginSessions): Endpoint => ({
  method: 'POST',
  path: '/commonauth',
  handle: answering(context, CLASS, async (call) => {
    const form = isForm(call) ? await call.form() : new URLSearchParams();
    const key = form.get('sessionDataKey') ?? '';
    const session = sessions.find(key);
    if (!session) {
      context.log(CLASS).warn('A log-in came here that did not begin on this node, or took too long');
      return redirect(RETRY_PAGE);
    }
    const user = await context.users.authenticate(form.get('username') ?? '', form.get('password') ?? '');
    if (!user) return redirect(loginPageUrl(key, session.request.client, true));
    sessions.logIn(key, user.name);
    return redirect(withQuery('/oauth2/authorize', { sessionDataKey: key }));
  }),
});
