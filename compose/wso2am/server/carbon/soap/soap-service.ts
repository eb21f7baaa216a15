import type { UnroutedCall } from '../call.ts';
import type { LoggedIn } from '../context.ts';
import type { Answer } from '../web.ts';
import type { SoapRequest } from './envelope.ts';
import type { ServiceInterface } from './wsdl/service-interface.ts';

/** One admin service below `/services/`. */
export type SoapService = {
  readonly name: string;
  /** Whether it takes calls of anybody, also without TLS. */
  readonly open: boolean;
  /** What its WSDL says; a service without one has none here. */
  readonly interface?: ServiceInterface;
  /** Answers one call; `caller` is there unless the service is open. Undefined when there is no such operation. */
  handle(request: SoapRequest, call: UnroutedCall, caller: LoggedIn | undefined): Promise<Answer | undefined>;
};
