import type { ApplicationChange, Change } from '../../carbon/events.ts';
import type { Application } from './application.ts';

/** What other nodes hear of a change to an application. */
export const applicationChange = (
  change: Change,
  application: Application,
  deletedTokens: readonly string[] = [],
): ApplicationChange => ({
  change,
  rowId: application.rowId,
  id: application.id,
  name: application.name,
  tokenType: application.tokenType,
  policy: application.throttlingPolicy,
  subscriber: application.owner,
  deletedTokens,
});
