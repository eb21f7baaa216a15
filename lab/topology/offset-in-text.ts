import { Scalar } from 'yaml';
import type { Finding } from './finding.ts';

/**
 * Offset in the file of a place inside a text value. Exact for "|" blocks and for text that is written as it reads;
 * the start of the value where escapes or folded lines stand between.
 */
export const offsetInText = (file: string, scalar: Scalar, place: NonNullable<Finding['inText']>): number => {
  const [start, end] = scalar.range ?? [0, 0];
  const lines = String(scalar.value).split('\n');
  const line = Math.min(place.line, lines.length - 1);
  const text = lines[line] ?? '';
  const column = Math.min(place.column, text.length);
  if (scalar.type === Scalar.BLOCK_LITERAL) {
    const written = writtenLine(file, file.indexOf('\n', start) + 1, line);
    return written.offset + Math.max(0, written.length - text.length) + column;
  }
  const verbatim = file.slice(start, end).indexOf(String(scalar.value));
  if (verbatim === -1) return start;
  const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  return start + verbatim + before + column;
};

/** A line of the file counted from an offset; its indentation belongs to YAML, its end to the text. */
const writtenLine = (file: string, first: number, count: number): { offset: number; length: number } => {
  let offset = first;
  for (let line = 0; line < count; line += 1) offset = file.indexOf('\n', offset) + 1;
  const end = file.indexOf('\n', offset);
  return { offset, length: (end === -1 ? file.length : end) - offset };
};
