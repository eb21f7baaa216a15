import { describe, expect, it } from 'vitest';
import { problem } from '../../../lab/errors/lab-error.ts';
import { formatProblems, problemsJson } from '../../../lab/ui/problems.ts';

const misspelt = problem('TOPOLOGY_INVALID', 'unknown key "nmae"', {
  where: 'lab.yaml:4:5',
  hint: 'did you mean "name"?',
});
const died = problem('NODE_EXITED', 'the container ended with exit code 1', {
  node: 'km-1',
  evidence: 'FATAL first\n  second\n',
});

describe('problems on a terminal', () => {
  it('show code and place, the sentence, the hint and what was seen', () => {
    expect(formatProblems([misspelt, died], { colour: false }).split('\n')).toEqual([
      'error TOPOLOGY_INVALID  lab.yaml:4:5',
      '  unknown key "nmae"',
      '  hint: did you mean "name"?',
      'error NODE_EXITED  km-1',
      '  the container ended with exit code 1',
      '  hint: read its log with "apim-lab logs NODE"',
      '    FATAL first',
      '      second',
    ]);
  });

  it('are coloured when asked for, and read the same without the colours', () => {
    const coloured = formatProblems([misspelt], { colour: true });
    expect(coloured).toContain('\x1b[31merror\x1b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(formatProblems([misspelt], { colour: false }));
  });

  it('cannot send control sequences of a log or a file to the terminal', () => {
    const hostile = problem('NODE_EXITED', 'it said \x1b]0;title\x07', { where: 'a\rb', evidence: '\x1b[2Jgone' });
    const shown = formatProblems([hostile], { colour: false });
    expect(shown).toContain('it said \\x1b]0;title\\x07');
    expect(shown).toContain('a\\x0db');
    expect(shown).toContain('\\x1b[2Jgone');
  });
});

describe('problems as JSON', () => {
  it('hold what is known of each and nothing else', () => {
    expect(JSON.parse(JSON.stringify(problemsJson([misspelt, died])))).toEqual({
      problems: [
        {
          code: 'TOPOLOGY_INVALID',
          sentence: 'unknown key "nmae"',
          where: 'lab.yaml:4:5',
          hint: 'did you mean "name"?',
        },
        {
          code: 'NODE_EXITED',
          sentence: 'the container ended with exit code 1',
          node: 'km-1',
          hint: 'read its log with "apim-lab logs NODE"',
          evidence: 'FATAL first\n  second\n',
        },
      ],
    });
  });
});
