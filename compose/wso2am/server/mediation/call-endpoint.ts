import type { Fault } from '../gateway/fault.ts';
import { upstreamFault } from '../gateway/upstream-fault.ts';
import type { EndpointArtifact } from '../synapse/endpoint-artifact.ts';
import type { Delivery, DeliveryParts, Exchange } from './deliver.ts';
import { endpointNameOf } from './endpoint-states.ts';
import { suspendedEndpoint } from './mediation-faults.ts';
import { notSimulatedFault } from './not-simulated-fault.ts';
import { sendToBackend } from './send-to-backend.ts';

export type EndpointOutcome = {
  /** To answer with; undefined when the call is over. */
  readonly fault: Fault | undefined;
  /** Whether the endpoint failed before it answered, so that another may. */
  readonly failed: boolean;
};

/** Sends a call to one endpoint, and keeps count of how that went. */
export const callEndpoint = async (
  parts: DeliveryParts,
  { request, response }: Exchange,
  delivery: Delivery,
  endpoint: EndpointArtifact,
): Promise<EndpointOutcome> => {
  const { agents, states, log } = parts;
  const { call, rest, query, withheld, body, answerHeaders, checked } = delivery;
  const { target, timeout } = endpoint;
  const name = endpointNameOf(endpoint);
  if (!target) {
    parts.onNotSimulated(`the kind of endpoint ${name} is`);
    return { fault: notSimulatedFault(`the kind of endpoint ${name} is`), failed: false };
  }
  if (!states.isReady(endpoint)) return { fault: suspendedEndpoint(name), failed: true };

  const postfix = (rest === '/' ? '' : rest) + (query === '' ? '' : `?${query}`);
  const { activityId } = call;
  const outcome = await sendToBackend(request, response, {
    target,
    postfix,
    agents,
    timeout,
    activityId,
    withheld,
    body,
    answerHeaders,
    checked,
  });
  if (outcome.kind === 'answered' || outcome.kind === 'refused') states.succeeded(endpoint);
  if (outcome.kind === 'refused') {
    log.error(`${outcome.fault.description} (${call.api.name})`);
    return { fault: outcome.fault, failed: false };
  }
  if (outcome.kind !== 'failed') return { fault: undefined, failed: false };
  const fault = upstreamFault(outcome.failure);
  states.failed(endpoint, fault.code);
  const reason = outcome.cause instanceof Error ? outcome.cause.message : String(outcome.cause);
  log.warn(
    `STATUS = Executing default 'fault' sequence, ERROR_CODE = ${fault.code}, ERROR_MESSAGE = ${fault.description} (${call.api.name}, ${name}, ${target.host}: ${reason})`,
  );
  return { fault, failed: true };
};
