import type { Fault } from './fault.ts';

/** How a call to a back end can fail, with the codes of synapse (wire.md 3.5); texts not listed there are (?). */
const UPSTREAM = {
  sender: [101500, 'Error in Sender'],
  refused: [101503, 'Error connecting to the back end'],
  timeout: [101504, 'Send timeout'],
  closed: [101505, 'Connection closed by the back end'],
  protocol: [101506, 'Protocol violation'],
  connectTimeout: [101508, 'Connection timeout'],
} as const;

export type UpstreamFailure = keyof typeof UPSTREAM;

export const upstreamFault = (failure: UpstreamFailure): Fault => {
  const [code, description] = UPSTREAM[failure];
  return { status: 500, code, message: 'Runtime Error', description };
};

const BY_ERRNO: Readonly<Record<string, UpstreamFailure>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  ETIMEDOUT: 'connectTimeout',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
};

/** Kind of failure behind an error of Node's HTTP client. Untrusted certificates and the like are the sender's. */
export const upstreamFailure = (cause: unknown): UpstreamFailure => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // A name with two addresses fails with an AggregateError that carries the code of the first.
  if (code.startsWith('HPE_')) return 'protocol';
  return BY_ERRNO[code] ?? 'sender';
};
