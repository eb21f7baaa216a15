import { type Authenticated, type Authentication, refused } from './authentication.ts';
import { passwordOf } from './credentials.ts';
import type { GatewayCall } from './gateway-call.ts';
import { MISSING_CREDENTIALS } from './security-fault.ts';

/** Scheme `basic_auth`. */
export const authenticateByPassword = ({ headerName }: Authentication, call: GatewayCall): Authenticated =>
  passwordOf(call, headerName) === undefined
    ? refused(MISSING_CREDENTIALS)
    : { kind: 'not-simulated', what: 'Basic authentication of APIs' };
