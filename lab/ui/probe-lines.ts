import colours from 'picocolors';
import type { Hop, ProbeReport, Verdict } from '../probes/report.ts';

const PAINT: Readonly<Record<Verdict, (text: string) => string>> = {
  pass: colours.green,
  fail: colours.red,
  unknown: colours.yellow,
};

/** How details begin of what the product does not promise: hops that pass, and are no proof. */
const EXCUSE = 'as documented';

/** A line per probe with its slowest hop and the holes that its version leaves, and a line per hop: all of them, or those that did not pass. */
export const probeLines = (reports: readonly ProbeReport[], { hops }: { readonly hops: 'all' | 'failed' }): string =>
  reports
    .flatMap((report) => [
      headline(report),
      ...report.hops.filter(({ verdict }) => hops === 'all' || verdict !== 'pass').map(hopLine),
    ])
    .join('');

const headline = ({ probe, verdict, hops, durationMs }: ProbeReport): string => {
  const slowest = hops.reduce<Hop | undefined>((most, hop) => (most && most.ms >= hop.ms ? most : hop), undefined);
  const note = slowest ? `, slowest: ${slowest.name} at ${slowest.to} ${slowest.ms} ms` : '';
  const excused = hops.filter(({ detail }) => detail.startsWith(EXCUSE)).length;
  const holes = excused === 0 ? '' : `, ${excused} ${excused === 1 ? 'hole' : 'holes'} as documented`;
  return `${PAINT[verdict](verdict.padEnd(7))} ${probe}: ${hops.length} hops in ${durationMs} ms${note}${holes}\n`;
};

const hopLine = ({ name, to, verdict, ms, detail }: Hop): string =>
  `  ${PAINT[verdict](verdict.padEnd(7))} ${`${ms.toFixed(1)} ms`.padStart(10)}  ${name} at ${to}: ${detail}\n`;
