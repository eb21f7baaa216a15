import { type SoapRequest, soapFault } from '../carbon/soap/envelope.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { ADMIN_ROLE } from '../carbon/users/roles.ts';
import type { GatewayCaches } from '../mediation/caches/gateway-caches.ts';
import { forgetResources, forgetUser, revokeCachedToken } from '../mediation/caches/invalidate.ts';

/** The operations are one-way: Axis2 accepts the call and says nothing. */
const ACCEPTED = { status: 202 };

const nothing = (): void => undefined;

type Operation = (caches: GatewayCaches, request: SoapRequest) => void;

/**
 * What each operation makes a gateway forget (wire.md 4.4). The three operations on keys are of the Key Manager's own cache, which
 * is off unless configured.
 */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'invalidateCachedTokens',
    (caches, request) => {
      for (const token of request.texts('accessTokens')) revokeCachedToken(caches, token);
    },
  ],
  [
    'invalidateResourceCache',
    (caches, request) => {
      const text = (name: string): string => request.argument(name) ?? '';
      forgetResources(caches, { context: text('apiContext'), version: text('apiVersion') }, [
        { template: text('resourceURLContext'), verb: text('httpVerb') },
      ]);
    },
  ],
  ['invalidateCachedUsername', (caches, request) => forgetUser(caches, request.argument('username') ?? '')],
  [
    'invalidateCachedUsernames',
    (caches, request) => {
      for (const user of request.texts('username_list')) forgetUser(caches, user);
    },
  ],
  ['invalidateOAuthKeys', nothing],
  ['invalidateKeys', nothing],
  ['invalidateKey', nothing],
]);

/** `APIAuthenticationService` of a gateway of 3.0.0, which Key Manager, Portal and Publisher call (wire.md 4.4). */
export const authenticationService = (caches: GatewayCaches): SoapService => ({
  name: 'APIAuthenticationService',
  open: false,
  handle: async (request, _call, caller) => {
    const operation = OPERATIONS.get(request.operation);
    if (!operation) return undefined;
    // `/permission/admin/manage`: of the shipped roles only admin has it.
    if (!caller?.user.roles.includes(ADMIN_ROLE))
      return soapFault(request.version, 'Access Denied. Authorization failed');
    operation(caches, request);
    return ACCEPTED;
  },
});
