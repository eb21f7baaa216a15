import type { Fault, Way } from '../faults/fault.ts';
import type { FaultEvent } from '../faults/fault-event.ts';
import type { Healed } from '../faults/heal-fault.ts';

const STATES: Readonly<Record<Way, string>> = { kill: 'killed', pause: 'paused', cut: 'cut off' };

const DEEDS: Readonly<Record<Healed['did'], string>> = {
  start: 'started again',
  unpause: 'woken',
  connect: 'connected again',
  nothing: 'there already',
};

/** A fault that is there or over. */
export const faultLine = (event: FaultEvent): string =>
  event.kind === 'applied' ? `${event.fault.node} ${STATES[event.fault.way]}\n` : healedLine(event);

/** What was healed, a line each. */
export const healedLines = (healed: readonly Healed[]): string =>
  healed.length === 0 ? 'nothing to heal\n' : healed.map(healedLine).join('');

/** Faults of a lab in one line; none for none. */
export const faultsInWords = (faults: readonly Pick<Fault, 'node' | 'way'>[]): string =>
  faults.map(({ node, way }) => `${node} ${STATES[way]}`).join(', ');

const healedLine = ({ node, did }: Healed): string => `${node} ${DEEDS[did]}\n`;
