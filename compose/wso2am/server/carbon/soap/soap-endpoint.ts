import type { Authenticator } from '../context.ts';
import type { Log } from '../log.ts';
import type { Answer, Call, Endpoint } from '../web.ts';
import { announcedVersion, readEnvelope, type SoapRequest, soapFault } from './envelope.ts';
import { MalformedXml } from './parse-xml.ts';
import { serviceNameIn } from './service-name.ts';
import type { SoapService } from './soap-service.ts';

export type SoapServing = {
  readonly services: readonly SoapService[];
  /** Services the profile has, but the simulator does not answer. */
  readonly notSimulated: readonly string[];
  readonly authenticator: Authenticator;
  readonly log: Log;
  /** Hears of every call of a service that is not simulated. */
  readonly onNotSimulated: (what: string) => void;
};

/** `POST /services/<name>`: reads the envelope, asks who is calling, and hands the call to its service. */
export const soapEndpoint = (serving: SoapServing): Endpoint => ({
  method: 'POST',
  path: '/services/:service',
  handle: async (call) => {
    const name = serviceNameIn(call.params.service ?? '');
    const service = serving.services.find((each) => each.name === name);
    if (!service && !serving.notSimulated.includes(name)) return notFound(call);
    if (!service?.open && !call.secure) return notFound(call);

    const request = await readRequest(call);
    if ('status' in request) return request;
    return service?.open ? dispatch(service, request, call) : asCaller(serving, name, service, request, call);
  },
});

const notFound = (call: Call): Answer =>
  soapFault(
    announcedVersion(call.headers),
    `The service cannot be found for the endpoint reference (EPR) ${call.path}`,
    404,
  );

const readRequest = async (call: Call): Promise<SoapRequest | Answer> => {
  try {
    return readEnvelope((await call.body()).toString('utf8'));
  } catch (cause) {
    if (cause instanceof MalformedXml) return soapFault(announcedVersion(call.headers), cause.message);
    throw cause;
  }
};

const dispatch = async (
  service: SoapService,
  request: SoapRequest,
  call: Call,
  caller?: Parameters<SoapService['handle']>[2],
): Promise<Answer> => {
  const reason = `The endpoint reference (EPR) for the Operation not found is ${call.path} and the WSA Action = ${request.operation}`;
  return (await service.handle(request, call, caller)) ?? soapFault(request.version, reason);
};

/** What the caller may have is known only after it is known who calls; a service that is not simulated is no way round. */
const asCaller = async (
  { authenticator, log, onNotSimulated }: SoapServing,
  name: string,
  service: SoapService | undefined,
  request: SoapRequest,
  call: Call,
): Promise<Answer> => {
  const caller = await authenticator.session(call);
  if (!caller) {
    log.warn(
      `Illegal access attempt from IP address ${call.remoteAddress} while trying to authenticate access to service ${name}`,
    );
    return soapFault(request.version, 'Access Denied. Please login first');
  }
  const answer = service
    ? await dispatch(service, request, call, caller)
    : soapFault(request.version, `The simulator does not simulate ${name}.${request.operation}`, 501);
  if (!service) onNotSimulated(`${name}.${request.operation}`);
  return caller.cookie === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'Set-Cookie': caller.cookie } };
};
