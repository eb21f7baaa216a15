import { KeyManagerError } from '../key-validation/key-manager-error.ts';
import { authenticateByApiKey } from './authenticate-by-api-key.ts';
import { authenticateByPassword } from './authenticate-by-password.ts';
import { authenticateByToken } from './authenticate-by-token.ts';
import { type Authenticated, type Authentication, refused } from './authentication.ts';
import { schemesOf } from './credentials.ts';
import type { GatewayCall } from './gateway-call.ts';
import { perApi } from './per-api.ts';
import { MISSING_CREDENTIALS, type SecurityFault, UNCLASSIFIED } from './security-fault.ts';

type Authenticator = (authentication: Authentication, call: GatewayCall) => Promise<Authenticated> | Authenticated;

/** Authenticators by security scheme, in the order in which the product asks them (carbon-apimgt 6.5.349, `getPriority`). */
const AUTHENTICATORS: readonly (readonly [scheme: string, Authenticator])[] = [
  ['oauth2', authenticateByToken],
  ['basic_auth', authenticateByPassword],
  ['api_key', authenticateByApiKey],
];

/**
 * Who calls, and whether they may (wire.md 3.1, 3.2). Each scheme of the API is asked until one admits the caller. A refusal of
 * credentials that were shown says more than the lack of others, and the last such refusal counts.
 * @throws KeyManagerError where that refusal is one of a Key Manager that is away
 */
export const authenticate = (
  authentication: Authentication,
  call: GatewayCall,
): Promise<Authenticated> | Authenticated => {
  const schemes = schemesOf(call.api);
  if (schemes.includes('mutualssl')) return { kind: 'not-simulated', what: 'mutual TLS of APIs' };
  const [first, ...others] = authenticatorsOf(call.api);
  // As with most APIs: no refusals are to be weighed against each other.
  return first && others.length === 0 ? first(authentication, call) : authenticateByAny(authentication, call);
};

const authenticatorsOf = perApi((api) =>
  AUTHENTICATORS.filter(([scheme]) => schemesOf(api).includes(scheme)).map(([, authenticator]) => authenticator),
);

const authenticateByAny = async (authentication: Authentication, call: GatewayCall): Promise<Authenticated> => {
  let failure: SecurityFault | KeyManagerError = UNCLASSIFIED;
  for (const authenticator of authenticatorsOf(call.api)) {
    try {
      const found = await authenticator(authentication, call);
      if (found.kind !== 'refused') return found;
      if (failure === UNCLASSIFIED || found.fault !== MISSING_CREDENTIALS) failure = found.fault;
    } catch (cause) {
      if (!(cause instanceof KeyManagerError)) throw cause;
      failure = cause;
    }
  }
  if (failure instanceof KeyManagerError) throw failure;
  return refused(failure);
};
