import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Name of the header that follows a request through the nodes (wire.md 3.1). */
export const ACTIVITY_ID = 'activityid';

/** As the product spells it. */
export const ACTIVITY_ID_AS_WRITTEN = 'activityID';

/** What may stand in a log line and a header as it is; anything else is replaced. */
const ACCEPTABLE = /^[\w.:-]{1,128}$/;

/** The caller's id where it sent an acceptable one, else a new one. */
export const activityIdOf = (headers: IncomingHttpHeaders): string => {
  const given = headers[ACTIVITY_ID];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
};
