import type { Log } from '../../carbon/log.ts';
import type { Answer, Call } from '../../carbon/web.ts';
import type { DataRoute } from '../../throttle-data/data-endpoints.ts';
import { type RevocationNotice, revocationNotice, TOKEN_REVOCATION } from './revocation-notice.ts';

/** The Key Managers whose notices are understood, by type; an event without a name is the resident one's. */
const KNOWN_TYPES: readonly string[] = ['default'];

export type NotifyPorts = {
  /** Keeps what gateways load at their start, and tells those that run. */
  readonly onRevocation: (notice: RevocationNotice) => Promise<void>;
  readonly log: Log;
};

/**
 * `POST /notify`: a Key Manager tells what happened there (wire.md 4.3). A name in `X-WSO2-KEY-MANAGER` that nobody handles is
 * answered like any other, and nothing happens (carbon-apimgt, NotificationEventService): tokens then live on in gateways.
 */
export const notifyRoute = ({ onRevocation, log }: NotifyPorts): DataRoute => ({
  method: 'POST',
  path: '/notify',
  handle: async (call) => {
    const type = keyManagerOf(call);
    if (!KNOWN_TYPES.includes(type)) {
      log.debug(`No event handler for key managers of type ${type}`);
      return DONE;
    }
    const text = (await call.body()).toString('utf8');
    if (text.includes(TOKEN_REVOCATION)) await onRevocation(revocationNotice.parse(JSON.parse(text)));
    return DONE;
  },
});

const DONE: Answer = { status: 200 };

const keyManagerOf = ({ headers }: Call): string => {
  const name = headers['x-wso2-key-manager'];
  return typeof name === 'string' && name !== '' ? name : 'default';
};
