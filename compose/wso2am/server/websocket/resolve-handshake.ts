import type { Log } from '../carbon/log.ts';
import { KeyManagerError } from '../key-validation/key-manager-error.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication } from '../mediation/authentication.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import { type WebSocketKeyType, webSocketSequenceName } from '../synapse/websocket-sequence.ts';
import { authenticateHandshake } from './authenticate-handshake.ts';
import { backendUrl } from './dial-backend.ts';
import type { Handshake } from './handshake.ts';

export type ResolveParts = {
  readonly artifacts: Pick<ArtifactStore, 'sequences'>;
  readonly authentication: Authentication;
  readonly log: Log;
};

/** Why a connection does not come about. The product hangs up on most of these callers without an answer. */
export type Refusal = { readonly status: number; readonly text: string };

export const REFUSALS = {
  noSuchApi: { status: 404, text: 'The requested resource is not available.' },
  invalidCredentials: { status: 401, text: 'Invalid Credentials' },
  keyManagerAway: { status: 500, text: 'Unclassified Authentication Failure' },
  noBackend: { status: 500, text: 'Error connecting to the back end' },
} as const satisfies Record<string, Refusal>;

export type ResolvedHandshake =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'admitted'; readonly caller: ValidationInfo; readonly url: URL };

const refused = (refusal: Refusal): ResolvedHandshake => ({ kind: 'refused', refusal });

/** Finds the API of a handshake, its caller, and the back end for the caller's kind of key. */
export const resolveHandshake = async (parts: ResolveParts, handshake: Handshake): Promise<ResolvedHandshake> => {
  const sequenceFor = (keyType: WebSocketKeyType) =>
    parts.artifacts.sequences.find(webSocketSequenceName(handshake.context, keyType));
  if (!sequenceFor('PRODUCTION') && !sequenceFor('SANDBOX')) return refused(REFUSALS.noSuchApi);

  const caller = await callerOf(parts, handshake);
  if (caller === 'unknown') return refused(REFUSALS.keyManagerAway);
  if (!caller) return refused(REFUSALS.invalidCredentials);
  const sequence = sequenceFor(caller.type === 'SANDBOX' ? 'SANDBOX' : 'PRODUCTION');
  if (!sequence) return refused(REFUSALS.noSuchApi);
  const url = backendUrl(sequence.address, handshake.query);
  return url ? { kind: 'admitted', caller, url } : refused(REFUSALS.noBackend);
};

/** Validation fails closed: nobody gets in while the Key Manager is away (wire.md 2.1). */
const callerOf = async (
  { authentication, log }: ResolveParts,
  handshake: Handshake,
): Promise<ValidationInfo | 'unknown' | undefined> => {
  try {
    const caller = await authenticateHandshake(authentication, handshake);
    if (!caller) log.error(`Invalid Credentials (${handshake.context} from ${handshake.clientIp})`);
    return caller;
  } catch (cause) {
    if (!(cause instanceof KeyManagerError)) throw cause;
    log.error(`Error while accessing backend services for API key validation: ${cause.message}`);
    return 'unknown';
  }
};
