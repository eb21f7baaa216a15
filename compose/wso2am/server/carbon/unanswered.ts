import type { UnroutedCall } from './call.ts';
import { tomcatPage } from './tomcat-page.ts';
import { type Answer, json } from './web.ts';

/** Answers what no endpoint is there for: 501 below a webapp of the profile, else Tomcat's own 404. */
export const answerUnanswered = (
  webapps: readonly string[],
  onNotSimulated: (what: string) => void,
): ((call: UnroutedCall) => Answer) => {
  return (call) => {
    const webapp = webapps.find((context) => call.path === context || call.path.startsWith(`${context}/`));
    if (webapp === undefined) return tomcatPage(404, 'The requested resource is not available.');
    onNotSimulated(`${call.method} ${call.path}`);
    return json(501, {
      code: 501,
      message: 'Not Implemented',
      description: `The simulator does not simulate ${call.method} ${call.path}`,
    });
  };
};
