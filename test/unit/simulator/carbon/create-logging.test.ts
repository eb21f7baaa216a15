import { describe, expect, it } from 'vitest';
import { createLogging } from '../../../../compose/wso2am/server/carbon/create-logging.ts';

const logging = (debug: boolean) => {
  const console: string[] = [];
  const file: string[] = [];
  const log = createLogging({
    console: (line) => console.push(line),
    file: (line) => file.push(line),
    now: () => new Date(0),
    debug,
  })('org.example.Thing');
  return { console, file, log };
};

describe('the loggers of a node', () => {
  it('write every record to console and file, each in its format', () => {
    const { console, file, log } = logging(false);

    log.warn('look');

    expect(console.map((line) => line.slice(26))).toEqual([' WARN - Thing look']);
    expect(file).toEqual([
      expect.stringMatching(/^TID: \[-1234\] \[\] \[.*\] {2}WARN \{org\.example\.Thing\} - look$/),
    ]);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('write DEBUG only when asked for: %s', (debug, records) => {
    const { console, log } = logging(debug);

    log.debug('detail');

    expect(console).toHaveLength(records);
  });
});
