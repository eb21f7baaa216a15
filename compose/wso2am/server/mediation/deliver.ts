import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../carbon/log.ts';
import type { Fault } from '../gateway/fault.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';
import type { EndpointArtifact } from '../synapse/endpoint-artifact.ts';
import type { EndpointUse } from '../synapse/route.ts';
import { callEndpoint } from './call-endpoint.ts';
import { callGroup } from './call-group.ts';
import { type EndpointStates, endpointNameOf } from './endpoint-states.ts';
import type { GatewayCall } from './gateway-call.ts';
import { MEDIATION_FAULTS, unknownEndpoint } from './mediation-faults.ts';
import { notSimulatedFault } from './not-simulated-fault.ts';
import type { CheckedMessages } from './schema/check-messages.ts';
import type { BackendAgents } from './send-to-backend.ts';

export type DeliveryParts = {
  readonly artifacts: ArtifactStore;
  readonly agents: BackendAgents;
  readonly states: EndpointStates;
  readonly onNotSimulated: (what: string) => void;
  readonly log: Log;
};

/** Both ends of a client's connection, for one call. */
export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

export type Delivery = {
  readonly call: GatewayCall;
  /** Path below the API's context. */
  readonly rest: string;
  /** Of the call, without what ends here. */
  readonly query: string;
  readonly keyType: string;
  /** Request headers that end here, in lower case. */
  readonly withheld: ReadonlySet<string>;
  /** The request's body, if it had to be read; else it is streamed. */
  readonly body: Buffer | undefined;
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly checked?: CheckedMessages | undefined;
};

/** Sends an admitted call to its endpoint. @returns the fault to answer with; undefined when the call is over */
export const deliver = async (
  parts: DeliveryParts,
  exchange: Exchange,
  delivery: Delivery,
): Promise<Fault | undefined> => {
  const endpoint = chooseEndpoint(parts.artifacts, delivery);
  if ('status' in endpoint) return endpoint;
  return endpoint.group
    ? callGroup(parts, exchange, delivery, { name: endpointNameOf(endpoint), ...endpoint.group })
    : (await callEndpoint(parts, exchange, delivery, endpoint)).fault;
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
