import { ClientGone, readBody } from '../carbon/read-body.ts';
import type { Fault } from '../gateway/fault.ts';
import type { EndpointArtifact, EndpointGroup } from '../synapse/endpoint-artifact.ts';
import { callEndpoint } from './call-endpoint.ts';
import type { Delivery, DeliveryParts, Exchange } from './deliver.ts';
import { noneReady } from './mediation-faults.ts';
import { canBeRepeated } from './send-to-backend.ts';

export type NamedGroup = EndpointGroup & { readonly name: string };

/** Bytes of a body that is kept for a second endpoint; a longer one, or one of unknown length, is streamed to the first only (?). */
const LARGEST_KEPT = 4 * 1024 * 1024;

/**
 * Sends a call to the endpoints of a group until one answers, each at most once. @returns the fault to answer with; undefined when
 * the call is over
 */
export const callGroup = async (
  parts: DeliveryParts,
  exchange: Exchange,
  delivery: Delivery,
  group: NamedGroup,
): Promise<Fault | undefined> => {
  const { request, response } = exchange;
  const body = delivery.body ?? (await keptBody(exchange, group));
  if (body === 'gone') return undefined;
  const repeatable = group.goesOn && canBeRepeated(request, { body });

  for (const member of inTurn(group)) {
    if (!parts.states.isReady(member)) continue;
    const { fault, failed } = await callEndpoint(parts, exchange, { ...delivery, body }, member);
    if (!failed || !repeatable || response.destroyed || response.headersSent) return fault;
  }
  return noneReady(group);
};

const keptBody = async ({ request }: Exchange, { goesOn }: EndpointGroup): Promise<Buffer | 'gone' | undefined> => {
  const length = Number(request.headers['content-length'] ?? 0);
  if (!goesOn || length === 0 || length > LARGEST_KEPT) return undefined;
  try {
    return await readBody(request, LARGEST_KEPT);
  } catch (cause) {
    if (cause instanceof ClientGone) return 'gone';
    throw cause;
  }
};

/** How many calls each balanced group had; by its members, which are another list when it is deployed anew. */
const turns = new WeakMap<readonly EndpointArtifact[], number>();

/** The members in the order in which this call asks them. */
const inTurn = ({ kind, members }: EndpointGroup): readonly EndpointArtifact[] => {
  if (kind === 'failover') return members;
  const turn = turns.get(members) ?? 0;
  turns.set(members, (turn + 1) % members.length);
  return [...members.slice(turn), ...members.slice(0, turn)];
};
