/** Lines that name a cause, most telling first; a stack frame or a follow-up error explains less than the first of these. */
const CAUSES: readonly RegExp[] = [
  /\b(SEVERE|FATAL)\b/,
  /\bCaused by:/,
  /\bERROR\b/,
  /\b(error|cannot|failed|denied)\b/i,
];

/** Begins a log line of its own, or a stack frame: no continuation of the line before. */
const OWN_LINE = /^(\[|TID:|(TRACE|DEBUG|INFO|WARN|ERROR|FATAL|SEVERE)\b|at )/;

/**
 * The first line of a log that tells why a container died: the first of the most severe kind present, with the line
 * after it when that carries the message. Without any such line, the last line; undefined for an empty log.
 */
export const causalLine = (log: string): string | undefined => {
  const lines = log.split('\n').map((line) => line.trim());
  for (const cause of CAUSES) {
    const at = lines.findIndex((line) => cause.test(line));
    if (at < 0) continue;
    const next = lines[at + 1] ?? '';
    const continues = next !== '' && !OWN_LINE.test(next);
    return [lines[at], ...(continues ? [next] : [])].join(' ');
  }
  return lines.filter((line) => line !== '').at(-1);
};
