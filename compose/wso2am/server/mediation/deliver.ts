import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../carbon/log.ts';
import type { Fault } from '../gateway/fault.ts';
import { upstreamFault } from '../gateway/upstream-fault.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import type { EndpointArtifact } from '../synapse/endpoint-artifact.ts';
import type { EndpointUse } from '../synapse/route.ts';
import type { EndpointStates } from './endpoint-states.ts';
import type { GatewayCall } from './gateway-call.ts';
import { MEDIATION_FAULTS, suspendedEndpoint, unknownEndpoint } from './mediation-faults.ts';
import { notSimulatedFault } from './not-simulated-fault.ts';
import type { CheckedMessages } from './schema/check-messages.ts';
import { type BackendAgents, sendToBackend } from './send-to-backend.ts';

export type DeliveryParts = {
  readonly artifacts: ArtifactStore;
  readonly agents: BackendAgents;
  readonly states: EndpointStates;
  readonly onNotSimulated: (what: string) => void;
  readonly log: Log;
};

export type Delivery = {
  readonly call: GatewayCall;
  /** Path below the API's context. */
  readonly rest: string;
  /** Of the call, without what ends here. */
  readonly query: string;
  readonly keyType: string;
  /** Request headers that end here, in lower case. */
  readonly withheld: ReadonlySet<string>;
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly checked?: CheckedMessages | undefined;
};

/** Sends an admitted call to its endpoint. @returns the fault to answer with; undefined when the call is over */
export const deliver = async (
  parts: DeliveryParts,
  request: IncomingMessage,
  response: ServerResponse,
  delivery: Delivery,
): Promise<Fault | undefined> => {
  const { artifacts, agents, states, onNotSimulated, log } = parts;
  const { call, rest, query, answerHeaders, checked } = delivery;
  const chosen = chooseEndpoint(artifacts, delivery);
  if ('status' in chosen) return chosen;
  const { timeout, target, suspension } = chosen;
  const name = chosen.name || `${call.api.name}${call.resource.template}`;
  if (!target) {
    onNotSimulated(`the kind of endpoint ${name} is`);
    return notSimulatedFault(`the kind of endpoint ${name} is`);
  }
  if (states.isSuspended(name)) return suspendedEndpoint(name);

  const postfix = (rest === '/' ? '' : rest) + (query === '' ? '' : `?${query}`);
  const { activityId } = call;
  const outcome = await sendToBackend(request, response, {
    target,
    postfix,
    agents,
    timeout,
    activityId,
    withheld: delivery.withheld,
    body: checked?.body,
    answerHeaders,
    checked,
  });
  if (outcome.kind === 'answered' || outcome.kind === 'refused') states.succeeded(name);
  if (outcome.kind === 'refused') {
    log.error(`${outcome.fault.description} (${call.api.name})`);
    return outcome.fault;
  }
  if (outcome.kind !== 'failed') return undefined;
  const fault = upstreamFault(outcome.failure);
  states.failed(name, fault.code, suspension);
  const reason = outcome.cause instanceof Error ? outcome.cause.message : String(outcome.cause);
  log.warn(
    `STATUS = Executing default 'fault' sequence, ERROR_CODE = ${fault.code}, ERROR_MESSAGE = ${fault.description} (${call.api.name}, ${name}, ${target.host}: ${reason})`,
  );
  return fault;
};

const chooseEndpoint = (artifacts: ArtifactStore, { call, keyType }: Delivery): EndpointArtifact | Fault => {
  const { route } = call.resource;
  if (route.kind === 'blocked') return MEDIATION_FAULTS.blocked;
  if (route.kind !== 'endpoints') return notSimulatedFault('a sequence without an endpoint');
  const sandbox = keyType === 'SANDBOX';
  const use = sandbox ? route.sandbox : route.production;
  if (!use) return sandbox ? MEDIATION_FAULTS.sandboxKey : MEDIATION_FAULTS.productionKey;
  return endpointOf(artifacts, use);
};

const endpointOf = (artifacts: ArtifactStore, use: EndpointUse): EndpointArtifact | Fault =>
  use.kind === 'inline' ? use.endpoint : (artifacts.endpoints.find(use.name) ?? unknownEndpoint(use.name));
