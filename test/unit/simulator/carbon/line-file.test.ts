import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLineFile } from '../../../../compose/wso2am/server/carbon/line-file.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'line-file-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('a log file', () => {
  it('is made with its directory and appended to', () => {
    const path = join(directory, 'repository/logs/wso2carbon.log');
    for (const line of ['first', 'second']) {
      const file = openLineFile(path, (cause) => expect.fail(String(cause)));
      file.write(line);
      file.close();
    }

    expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
  });

  it('that cannot be opened is reported once and swallows its lines', () => {
    writeFileSync(join(directory, 'logs'), 'a file where the directory should be');
    const failures: unknown[] = [];

    const file = openLineFile(join(directory, 'logs/wso2carbon.log'), (cause) => failures.push(cause));
    file.write('lost');
    file.write('lost too');
    file.close();

    expect(failures).toHaveLength(1);
  });
});
