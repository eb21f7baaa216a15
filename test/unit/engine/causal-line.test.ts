import { describe, expect, it } from 'vitest';
import { causalLine } from '../../../lab/engine/causal-line.ts';

describe('the causal line of a log', () => {
  it('is the first of the most severe lines, not the last one', () => {
    const log = ['INFO - starting', 'ERROR - pool is empty', 'FATAL - first', 'FATAL - second', 'INFO - bye'].join(
      '\n',
    );
    expect(causalLine(log)).toBe('FATAL - first');
  });

  it('carries the message that stands on the next line', () => {
    const log = [
      'SEVERE: Error while performing configuration changes',
      "Configuration with key a.b doesn't exist",
    ].join('\n');
    expect(causalLine(log)).toContain("Configuration with key a.b doesn't exist");
  });

  it('leaves stack frames out', () => {
    expect(causalLine('ERROR - it broke\n\tat Some.method(Some.java:1)')).toBe('ERROR - it broke');
  });

  it('is the last line when none names a cause, and nothing for an empty log', () => {
    expect(causalLine('one\ntwo\n')).toBe('two');
    expect(causalLine('')).toBeUndefined();
  });
});
