import type { Log } from '../carbon/log.ts';
import type { Answer } from '../carbon/web.ts';
import { faultAnswer, faultFormat } from '../gateway/fault.ts';
import { KeyManagerError } from '../key-validation/key-manager-error.ts';
import { authenticate } from './authenticate.ts';
import { type Admitted, type Authenticated, type Authentication, refused } from './authentication.ts';
import { asksForCallers, schemesOf } from './credentials.ts';
import type { GatewayCall } from './gateway-call.ts';
import { notSimulatedFault } from './not-simulated-fault.ts';
import { KEY_MANAGER_AWAY, securityFaultAnswer, securityMessage } from './security-fault.ts';

/** Refuses a call that is over its quota or blocked (wire.md 5.3), or lets it pass and counts it. */
export type Throttle = (call: GatewayCall, admitted: Admitted) => Answer | undefined;

export type AdmissionParts = {
  readonly authentication: Authentication;
  readonly throttle: Throttle;
  readonly onNotSimulated: (what: string) => void;
  readonly log: Log;
};

export type Admission =
  /** `keyType` decides between production and sandbox. */
  { readonly kind: 'admitted'; readonly keyType: string } | { readonly kind: 'answer'; readonly answer: Answer };

/** Lets a call through the handlers of its API: authentication, then throttling. An API without the handlers is open. */
export const admit = async (parts: AdmissionParts, call: GatewayCall): Promise<Admission> => {
  const { authentication, throttle, onNotSimulated, log } = parts;
  if (!asksForCallers(call.api)) return { kind: 'admitted', keyType: 'PRODUCTION' };

  // Nothing is awaited that is there: promises of it would cost each call as much as the checks themselves.
  const judging = judged(authentication, call, log);
  const authenticated = judging instanceof Promise ? await judging : judging;
  switch (authenticated.kind) {
    case 'not-simulated': {
      onNotSimulated(authenticated.what);
      const format = faultFormat(call.verb, call.headers);
      return { kind: 'answer', answer: faultAnswer(notSimulatedFault(authenticated.what), format) };
    }
    case 'refused': {
      const { fault } = authenticated;
      log.warn(
        `API authentication failure due to ${securityMessage(fault.code)} (${call.api.name}, ${call.activityId})`,
      );
      const takesBasic = schemesOf(call.api).includes('basic_auth');
      return { kind: 'answer', answer: securityFaultAnswer(fault, call.headers, takesBasic) };
    }
    case 'admitted': {
      const answer = throttle(call, authenticated);
      return answer ? { kind: 'answer', answer } : { kind: 'admitted', keyType: authenticated.caller.type };
    }
  }
};

/** Key validation fails closed: 900900 while the Key Manager is away (wire.md 2.1). */
const judged = (
  authentication: Authentication,
  call: GatewayCall,
  log: Log,
): Promise<Authenticated> | Authenticated => {
  const authenticated = authenticate(authentication, call);
  if (!(authenticated instanceof Promise)) return authenticated;
  return authenticated.catch((cause: unknown) => {
    if (!(cause instanceof KeyManagerError)) throw cause;
    log.error(`${KEY_MANAGER_AWAY.description}: ${cause.message}`);
    return refused(KEY_MANAGER_AWAY);
  });
};
