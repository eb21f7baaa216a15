import type { ApiFields } from './api-fields.ts';

/** Transports of an API: those it asks for among HTTP's, and for a WebSocket API always both of its own. */
export const transportOf = ({ type, transport }: Pick<ApiFields, 'type' | 'transport'>): ApiFields['transport'] =>
  type === 'WS' ? ['ws', 'wss'] : transport.filter((each) => each === 'http' || each === 'https');
