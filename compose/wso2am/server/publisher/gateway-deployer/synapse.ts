/** Namespace of every artifact of a gateway. */
export const SYNAPSE = 'http://ws.apache.org/ns/synapse';
