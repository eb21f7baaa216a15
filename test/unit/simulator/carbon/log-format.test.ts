import { describe, expect, it } from 'vitest';
import { consoleLine, fileLine, type LogRecord } from '../../../../compose/wso2am/server/carbon/log-format.ts';

const RECORD: LogRecord = {
  time: new Date(2020, 8, 13, 12, 26, 40, 7),
  level: 'INFO',
  className: 'org.wso2.carbon.core.internal.StartupFinalizerServiceComponent',
  text: 'WSO2 Carbon started in 55 sec',
};

describe('the log format', () => {
  it('is the short one on the console', () => {
    expect(consoleLine(RECORD)).toBe(
      '[2020-09-13 12:26:40,007]  INFO - StartupFinalizerServiceComponent WSO2 Carbon started in 55 sec',
    );
  });

  it('is the long one in the file', () => {
    expect(fileLine(RECORD)).toBe(
      'TID: [-1234] [] [2020-09-13 12:26:40,007]  INFO {org.wso2.carbon.core.internal.StartupFinalizerServiceComponent} - WSO2 Carbon started in 55 sec',
    );
  });

  it('aligns levels to the right', () => {
    const levels = (['DEBUG', 'WARN', 'ERROR', 'FATAL'] as const).map((level) => consoleLine({ ...RECORD, level }));

    expect(levels.map((line) => line.slice(25, 33))).toEqual([' DEBUG -', '  WARN -', ' ERROR -', ' FATAL -']);
  });

  it('lets no text begin a line of its own', () => {
    const line = consoleLine({ ...RECORD, text: 'login of a\n[2020-09-13 12:26:40,007] FATAL - X y' });

    expect(line).toContain('login of a\\u000a[2020');
    expect(line).not.toContain('\n');
  });

  it('puts the stack of a cause below the text', () => {
    const lines = consoleLine({ ...RECORD, cause: new TypeError('no such table') }).split('\n');

    expect(lines[1]).toBe('TypeError: no such table');
    expect(lines[2]?.trim()).toMatch(/^at /);
  });

  it('shows a cause that is no error on one line', () => {
    expect(consoleLine({ ...RECORD, cause: 'two\nlines' }).split('\n')).toHaveLength(2);
  });
});
