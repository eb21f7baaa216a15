import TOML from '@iarna/toml';
import { z } from 'zod';
import { parsingError } from './configuration-error.ts';
import { flatten } from './flatten.ts';
import { inspectText } from './inspect-text.ts';
import type { Keys } from './values.ts';

/** What the parser adds to its errors; both count from 0. */
const parserError = z.object({ message: z.string(), line: z.number().int(), col: z.number().int() });

/**
 * The keys of a `deployment.toml` (configuration.md 4.1, step 1).
 * Throws `ConfigurationError` with line and column. The lines around it are left out: they may hold a password.
 */
export const parseDeployment = (text: string): Keys => {
  inspectText(text);
  return flatten(parse(text));
};

const parse = (text: string) => {
  try {
    return TOML.parse(text);
  } catch (cause) {
    const found = parserError.safeParse(cause);
    if (!found.success) throw cause;
    const { message, line, col } = found.data;
    const [sentence] = message.split(' at row ');
    throw parsingError(sentence ?? message, { line: line + 1, column: col + 1 });
  }
};
