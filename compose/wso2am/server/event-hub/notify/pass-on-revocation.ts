import type { CarbonContext } from '../../carbon/context.ts';
import type { Log } from '../../carbon/log.ts';
import type { Statements } from '../../database/database.ts';
import { REVOCATION } from '../../databridge/streams.ts';
import { signatureOf } from '../../gateway/revoked-jwts.ts';
import { insertRevokedJwt } from '../../keymanager/stores/revoked-jwts.ts';
import { sweepRevokedJwts } from '../../keymanager/stores/sweep-revoked-jwts.ts';
import type { EventPublisher } from '../../traffic/event-publisher.ts';
import type { PersistRevocation } from './persistent-notifier.ts';
import type { RevocationNotice } from './revocation-notice.ts';

/** `tokenType` of a notice that says none. */
const DEFAULT_TYPE = 'DEFAULT';

/** Characters of `AM_REVOKED_JWT.TOKEN_TYPE`. */
const LONGEST_TYPE = 15;

export type PassOnOptions = {
  readonly apim: Statements;
  readonly publisher: Pick<EventPublisher, 'publish'>;
  readonly configuration: CarbonContext['configuration'];
  /** Where the configuration names a persistent store. */
  readonly persist: PersistRevocation | undefined;
  readonly log: Log;
};

/**
 * Stores the signature of a JWT for gateways that start later, and tells those that run, by way of the Traffic Managers; then the
 * persistent store, where there is one.
 */
export const passOnRevocation = ({
  apim,
  publisher,
  configuration,
  persist,
  log,
}: PassOnOptions): ((notice: RevocationNotice) => Promise<void>) => {
  const ttl = configuration.text('apim.token.revocation.realtime_notifier.ttl');
  const tells = configuration.flag('apim.token.revocation.enable_realtime_notifier');
  return async ({ eventId, accessToken, expiryTime, tokenType, tenantId }) => {
    const type = tokenType || DEFAULT_TYPE;
    if (signatureOf(accessToken) !== undefined)
      await insertRevokedJwt(apim, accessToken, expiryTime, { id: eventId, tokenType: type.slice(0, LONGEST_TYPE) });
    if (tells)
      publisher.publish(REVOCATION, {
        eventId,
        revokedToken: accessToken,
        ttl,
        expiryTime: BigInt(expiryTime),
        type,
        tenantId,
      });
    await persist?.(accessToken);
    await sweepRevokedJwts(apim, Date.now(), log);
  };
};
