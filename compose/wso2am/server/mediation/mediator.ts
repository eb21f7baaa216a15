import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import { ACTIVITY_ID_AS_WRITTEN, activityIdOf } from '../carbon/activity-id.ts';
import { splitTarget } from '../carbon/call.ts';
import type { CarbonContext } from '../carbon/context.ts';
import type { Answer } from '../carbon/web.ts';
import { writeAnswer } from '../carbon/write-answer.ts';
import type { Configuration } from '../config/configuration.ts';
import { type Fault, faultAnswer, faultFormat } from '../gateway/fault.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import type { SubscriptionData } from '../subscription-data/subscription-data.ts';
import { type ApiArtifact, handlerOf } from '../synapse/api-artifact.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import { type AdmissionParts, admit, type Throttle } from './admission.ts';
import { BackendConnections } from './backend-connections.ts';
import type { GatewayCaches } from './caches/gateway-caches.ts';
import { type CorsPolicy, corsOfApi, corsPolicy } from './cors.ts';
import {
  API_KEY,
  AUTHENTICATION_HANDLER,
  asksForCallers,
  authorizationHeaderOf,
  headerNameOf,
  schemesOf,
} from './credentials.ts';
import { type DeliveryParts, deliver } from './deliver.ts';
import { endpointStates } from './endpoint-states.ts';
import { gatewayAuthentication } from './gateway-authentication.ts';
import type { GatewayCall } from './gateway-call.ts';
import { perApi } from './per-api.ts';
import { type Arrival, resolveCall } from './resolve-call.ts';
import { type RoutedApi, routing } from './routing.ts';
import { asksForChecks, checkMessages } from './schema/check-messages.ts';
import { withheldSet } from './send-to-backend.ts';

export type MediatorParts = {
  readonly artifacts: ArtifactStore;
  readonly caches: GatewayCaches;
  /** For the Key Manager and for back ends over TLS. */
  readonly agent: TlsAgent;
  /** Where keys are validated in this process (3.2.0): by what; else the Key Manager is asked. */
  readonly subscriptionData?: SubscriptionData | undefined;
  /** Whether a JWT with this signature was revoked; none is, unless somebody says so. */
  readonly isRevoked?: (signature: string) => boolean;
  /** Lets every call pass, unless given. */
  readonly throttle?: Throttle;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
};

/**
 * The data path of a gateway: what 8243 and 8280 answer for published APIs, and the fault for every other path (wire.md 3).
 * @throws ConfigurationError
 */
export const mediator = (context: CarbonContext, parts: MediatorParts): RequestListener => {
  const { configuration, log } = context;
  const { artifacts, agent, clock = Date.now, now = () => performance.now() } = parts;
  const onNotSimulated = notSimulatedLog(log);
  const cors = corsPolicy(configuration);
  const mediation: Mediation = {
    route: routing(artifacts),
    corsOf: perApi((api) => corsOfApi(api, cors)),
    withheldOf: withheldHeaders(configuration),
    admission: {
      authentication: gatewayAuthentication(context, { ...parts, clock }),
      throttle: parts.throttle ?? (() => undefined),
      onNotSimulated,
      log: log('org.wso2.carbon.apimgt.gateway.handlers.security.APIAuthenticationHandler'),
    },
    delivery: {
      artifacts,
      agents: { http: new BackendConnections(agent.options.timeout ?? 0), https: agent },
      states: endpointStates(now, log('org.apache.synapse.endpoints.EndpointContext')),
      onNotSimulated,
      log: log('org.apache.synapse.mediators.builtin.LogMediator'),
    },
  };
  const failures = log('org.apache.synapse.transport.passthru.ServerWorker');
  return (request, response) => {
    const activityId = activityIdOf(request.headers);
    mediate(mediation, request, response, activityId).catch((cause: unknown) => {
      failures.error(`Error processing ${request.method} request ${activityId}`, cause);
      response.destroy();
    });
  };
};

type Mediation = {
  readonly route: (path: string) => RoutedApi | undefined;
  readonly corsOf: (api: ApiArtifact) => CorsPolicy | undefined;
  readonly withheldOf: (api: ApiArtifact) => ReadonlySet<string>;
  readonly admission: AdmissionParts;
  readonly delivery: DeliveryParts;
};

const mediate = async (
  mediation: Mediation,
  request: IncomingMessage,
  response: ServerResponse,
  activityId: string,
): Promise<void> => {
  const arrival = arrivalOf(request, activityId);
  const answer = (value: Answer, cors: Readonly<Record<string, string>> = {}): void => {
    // Nobody waits any more, or half an answer is out.
    if (response.headersSent || response.destroyed) return void response.destroy();
    response.setHeader(ACTIVITY_ID_AS_WRITTEN, activityId);
    writeAnswer(response, { ...value, headers: { ...cors, ...value.headers } });
  };

  const resolved = resolveCall(mediation.route, mediation.corsOf, arrival);
  if (resolved.kind === 'answer') return answer(resolved.answer);
  const { call, rest, cors } = resolved;
  const refuse = (fault: Fault): void => answer(faultAnswer(fault, faultFormat(call.verb, call.headers)), cors);
  const admission = await admit(mediation.admission, call);
  if (admission.kind === 'answer') return answer(admission.answer, cors);
  const checked = asksForChecks(call.api) ? await checkMessages(mediation.delivery, request, call) : undefined;
  if (checked && 'status' in checked) return refuse(checked);
  if (response.destroyed) return;

  const exchange = { request, response };
  const fault = await deliver(mediation.delivery, exchange, {
    call,
    rest,
    query: withoutApiKey(call),
    keyType: admission.keyType,
    withheld: mediation.withheldOf(call.api),
    body: checked?.body,
    answerHeaders: cors,
    checked,
  });
  if (fault) refuse(fault);
};

const arrivalOf = (request: IncomingMessage, activityId: string): Arrival => {
  const { headers, socket } = request;
  const { path, query } = splitTarget(request.url ?? '/');
  const forwarded = headers['x-forwarded-for'];
  const first = typeof forwarded === 'string' ? forwarded.split(',', 1)[0]?.trim() : undefined;
  return {
    path,
    query,
    method: request.method ?? 'GET',
    headers,
    rawHeaders: request.rawHeaders,
    secure: 'encrypted' in socket,
    clientIp: first || (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, ''),
    activityId,
  };
};

/** The credentials end at the gateway, unless its configuration or the API's file says otherwise (wire.md 3.1). */
const withheldHeaders = (configuration: Configuration): ((api: ApiArtifact) => ReadonlySet<string>) => {
  const headerName = headerNameOf(configuration);
  const passesAuthorization = configuration.flag('apim.oauth_config.enable_outbound_auth_header');
  const ofCallers = (api: ApiArtifact): readonly string[] => {
    const handler = handlerOf(api, AUTHENTICATION_HANDLER);
    if (!handler) return [];
    const passes = passesAuthorization || handler.properties.RemoveOAuthHeadersFromOutMessage === 'false';
    return [...(passes ? [] : [authorizationHeaderOf(api, headerName)]), ...(takesApiKeys(api) ? [API_KEY] : [])];
  };
  // An answer that is to be read must not be compressed.
  return perApi((api) => withheldSet([...ofCallers(api), ...(asksForChecks(api) ? ['accept-encoding'] : [])]));
};

const withoutApiKey = ({ api, query }: GatewayCall): string =>
  takesApiKeys(api)
    ? query
        .split('&')
        .filter((pair) => !pair.startsWith(`${API_KEY}=`))
        .join('&')
    : query;

const takesApiKeys = perApi((api) => asksForCallers(api) && schemesOf(api).includes('api_key'));
