import colours from 'picocolors';
import type { Problem } from '../errors/lab-error.ts';

type Checked = { readonly name: string; readonly problems: readonly Problem[]; readonly note?: string };

/** A line per check; what is missing with its code and hint. */
export const checkLines = (checks: readonly Checked[]): string =>
  checks
    .map(({ name, problems, note }) =>
      problems.length === 0
        ? `${colours.green('ok     ')} ${name}${note === undefined ? '' : `: ${note}`}\n`
        : problems
            .map(
              ({ code, sentence, hint }) =>
                `${colours.red('missing')} ${name}: ${sentence} (${code})\n        hint: ${hint}\n`,
            )
            .join(''),
    )
    .join('');
