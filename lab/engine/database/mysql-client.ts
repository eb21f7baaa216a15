import { labError } from '../../errors/lab-error.ts';
import { runDocker } from '../docker-command.ts';

/** Runs statements in MySQL and resolves with the rows that they answer, columns apart. */
export type Mysql = (statements: string, schema?: string) => Promise<readonly (readonly string[])[]>;

/**
 * MySQL of a lab, by its own client in the container and as its root, who needs no password there. Statements that are
 * refused fail with DBSCRIPTS_FAILED and what the client said.
 */
export const mysqlIn =
  (container: string, signal: AbortSignal): Mysql =>
  async (statements, schema) => {
    const { code, stdout, stderr } = await runDocker(
      [
        ...['exec', '--interactive', container, 'mysql', '--user=root', '--batch', '--skip-column-names'],
        ...(schema === undefined ? [] : [schema]),
      ],
      { signal, stdin: statements },
    );
    if (code !== 0) {
      const into = schema === undefined ? '' : ` into ${schema}`;
      throw labError('DBSCRIPTS_FAILED', `MySQL refuses what is to be loaded${into}`, {
        node: 'mysql',
        evidence: stderr,
      });
    }
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')]));
  };
