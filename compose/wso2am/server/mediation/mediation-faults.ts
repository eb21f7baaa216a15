import type { Fault } from '../gateway/fault.ts';

/** Faults inside a published API that are no matter of security (wire.md 3.5). */
export const MEDIATION_FAULTS = {
  noSuchResource: {
    status: 404,
    code: 404,
    message: 'Runtime Error',
    description: 'No matching resource found for given API Request',
  },
  productionKey: {
    status: 403,
    code: 900901,
    message: 'Runtime Error',
    description: 'Production key offered to the API with no production endpoint',
  },
  sandboxKey: {
    status: 403,
    code: 900901,
    message: 'Runtime Error',
    description: 'Sandbox key offered to the API with no sandbox endpoint',
  },
  blocked: {
    status: 503,
    code: 700700,
    message: 'API blocked',
    description: 'This API has been blocked temporarily. Please try again later or contact the system administrators.',
  },
} as const satisfies Record<string, Fault>;

export const unsupportedTransport = (transport: string): Fault => ({
  status: 403,
  code: 403,
  message: 'Forbidden',
  description: `Unsupported Transport [ ${transport} ]. The requested resource is not available.`,
});

/** Text around the state as synapse's HTTP endpoint writes it (?). */
export const suspendedEndpoint = (name: string): Fault => ({
  status: 500,
  code: 303001,
  message: 'Runtime Error',
  description: `Currently , Address endpoint : [ Name : ${name} ] [ State : SUSPENDED ]`,
});

/** A group whose endpoints have all failed, or rest; text (?). */
export const noneReady = ({
  name,
  kind,
}: {
  readonly name: string;
  readonly kind: 'loadbalance' | 'failover';
}): Fault => ({
  status: 500,
  code: 303000,
  message: 'Runtime Error',
  description: `${kind === 'failover' ? 'Failover' : 'Loadbalance'} endpoint : ${name} - no ready child endpoints`,
});

export const unknownEndpoint = (name: string): Fault => ({
  status: 500,
  code: 305100,
  message: 'Runtime Error',
  description: `Couldn't find the endpoint with the key : ${name}`,
});
