import { isDeepStrictEqual } from 'node:util';
import { parse } from '@iarna/toml';
import { labError } from '../../errors/lab-error.ts';
import { isArrayOfTables, isTable, type TomlDocument, type TomlTable, type TomlValue } from './document.ts';
import { formatKey, formatValue } from './values.ts';

/**
 * Writes a document as TOML text: no underscores in numbers, no indentation, comments where the document has them.
 * The text is parsed again before it is handed out; text that does not read back as the document is an INTERNAL error.
 * Our own emitter, because @iarna/toml's writes `9_443` and unreadable text for some values (ecosystem.md 3).
 */
export const emitToml = (document: TomlDocument): string => {
  const sections = [commentOf(document.header.join('\n')), ...sectionsOf(document, [], document.root)];
  const text = `${sections.filter((section) => section !== '').join('\n\n')}\n`;
  checkReadsBack(text, document.root);
  return text;
};

type Heading = {
  readonly text: string;
  readonly comment: string;
  /** A table that only holds tables exists by their headings; an element of an array needs its own. */
  readonly needed: boolean;
};

/** The sections of a table, each a heading with its keys: the table's own first, then those below it. */
const sectionsOf = (
  document: TomlDocument,
  path: readonly string[],
  table: TomlTable,
  heading?: Heading,
): readonly string[] => {
  const entries = Object.entries(table);
  const below = entries.filter(([, value]) => hasHeading(value));
  const keys = entries
    .filter(([, value]) => !hasHeading(value))
    .map(([key, value]) => `${formatKey(key)} = ${formatValue(value)}`);
  const shown = heading && (heading.needed || keys.length > 0 || below.length === 0) ? heading : undefined;
  const own = [...(shown ? [shown.comment, shown.text] : []), ...keys].filter((line) => line !== '');
  return [own.join('\n'), ...below.flatMap(([key, value]) => sectionsBelow(document, [...path, key], value))];
};

const hasHeading = (value: TomlValue): boolean => isTable(value) || isArrayOfTables(value);

const sectionsBelow = (document: TomlDocument, path: readonly string[], value: TomlValue): readonly string[] => {
  const name = path.map(formatKey).join('.');
  const comment = commentOf(document.comments[path.join('.')] ?? '');
  if (isTable(value)) return sectionsOf(document, path, value, { text: `[${name}]`, comment, needed: false });
  if (!isArrayOfTables(value)) return [];
  return value.flatMap((table, index) =>
    sectionsOf(document, path, table, { text: `[[${name}]]`, comment: index === 0 ? comment : '', needed: true }),
  );
};

const commentOf = (text: string): string =>
  text === ''
    ? ''
    : text
        .split('\n')
        .map((line) => `# ${line}`.trimEnd())
        .join('\n');

const checkReadsBack = (text: string, root: TomlTable): void => {
  if (!isDeepStrictEqual(read(text), root)) {
    throw labError('INTERNAL', 'rendered TOML does not read back as the values it was made of', { evidence: text });
  }
};

const read = (text: string): unknown => {
  try {
    // As the file will hold it: what UTF-8 cannot say, half of a surrogate pair, does not come back.
    return parse(Buffer.from(text).toString());
  } catch (error) {
    throw labError('INTERNAL', 'rendered TOML cannot be read back', { evidence: text }, { cause: error });
  }
};
