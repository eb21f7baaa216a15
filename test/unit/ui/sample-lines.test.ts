import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../../lab/ui/sample-lines.ts';

/** The words that a shell makes of a command. */
const wordsOf = (command: string): readonly string[] =>
  execFileSync('bash', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

describe('the printed curl command', () => {
  it.each(['/home/me/.lab/five-node/certificates/ca.pem', "/Users/O'Neil & Söhne/my labs/$x/ca.pem"])(
    'can be pasted as it is, with the CA at %s',
    (caFile) => {
      const url = 'https://localhost:20365/library/1.0.0/books';
      expect(wordsOf(curlCommand({ url, token: 'a.b-c' }, caFile))).toEqual([
        'curl',
        '--cacert',
        caFile,
        '-H',
        'Authorization: Bearer a.b-c',
        url,
      ]);
    },
  );
});
