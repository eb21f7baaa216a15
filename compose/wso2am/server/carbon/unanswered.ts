import type { UnroutedCall } from './call.ts';
import type { Log } from './log.ts';
import { tomcatPage } from './tomcat-page.ts';
import { type Answer, json } from './web.ts';

/** Answers what no endpoint is there for: 501 below a webapp of the profile, else Tomcat's own 404. */
export const answerUnanswered = (webapps: readonly string[], log: Log): ((call: UnroutedCall) => Answer) => {
  return (call) => {
    const webapp = webapps.find((context) => call.path === context || call.path.startsWith(`${context}/`));
    if (webapp === undefined) return tomcatPage(404, 'The requested resource is not available.');
    log.warn(`Not simulated: ${call.method} ${call.path}`);
    return json(501, {
      code: 501,
      message: 'Not Implemented',
      description: `The simulator does not simulate ${call.method} ${call.path}`,
    });
  };
};
