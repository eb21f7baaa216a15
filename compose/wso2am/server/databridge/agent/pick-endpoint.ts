import type { UrlGroup } from '../../config/url-groups.ts';
import type { EndpointState } from './endpoint.ts';

/**
 * Which endpoint of a group gets the next event; undefined when it has to wait (wire.md 5.2).
 * Load balance starts at `turn` and takes the next that is active. Failover takes the first that is not unavailable, and
 * waits for that one: a busy endpoint is no reason to count somewhere else.
 */
export const pickEndpoint = (
  type: UrlGroup['type'],
  states: readonly EndpointState[],
  turn: number,
): number | undefined => {
  const indices = states.map((_, index) => (type === 'failover' ? index : (turn + index) % states.length));
  const wanted = type === 'failover' ? (state?: EndpointState) => state !== 'unavailable' : isActive;
  const index = indices.find((each) => wanted(states[each]));
  return index !== undefined && isActive(states[index]) ? index : undefined;
};

const isActive = (state?: EndpointState): boolean => state === 'active';
