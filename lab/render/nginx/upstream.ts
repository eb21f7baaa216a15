import type { PlannedFront } from '../../plan/plan.ts';
import { balancingMethod } from './affinity.ts';

/** Name of a front's upstream. */
export const upstreamName = ({ role, environment, listener }: PlannedFront): string =>
  [role, ...(environment === undefined ? [] : [environment]), listener].join('-');

/** Seconds: long enough to spare callers the connect time-out, short enough that a healed node is seen to come back. */
export const FAIL_TIMEOUT = 5;

/** The nodes behind a front. One failed connection takes a node out for a while; a lone node is never taken out. */
export const renderUpstream = (front: PlannedFront): string =>
  block(`upstream ${upstreamName(front)}`, [
    ...balancingMethod(front),
    ...front.upstream.map(
      ({ node, address, port }) => `server ${address}:${port} max_fails=1 fail_timeout=${FAIL_TIMEOUT}s; # ${node}`,
    ),
  ]);

/** An nginx block of directives, which may be blocks themselves. */
export const block = (name: string, directives: readonly string[]): string =>
  `${name} {\n${directives.map((directive) => directive.replace(/^(?=.)/gm, '  ')).join('\n')}\n}`;
