import completion from '@bomb.sh/tab/commander';
import { Command, CommanderError } from 'commander';
import { EXIT } from '../errors/codes.ts';
import { fail } from '../ui/fail.ts';
import { registerInspection } from './register-inspection.ts';
import { registerLifecycle } from './register-lifecycle.ts';

const EXIT_CODES = 'Exit codes: 0 done or pass, 1 fail, 2 bad input, 3 unknown, 4 the machine lacks something.';

/**
 * Runs one command line and resolves with its exit code. Results go to stdout, everything else to stderr; errors the lab
 * understands are reported with code, hint and evidence.
 */
export const runCli = async (argv: readonly string[]): Promise<number> => {
  const program = new Command('apim-lab')
    .description('A Docker Compose lab for WSO2 API Manager 3.x in a distributed setup')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .exitOverride()
    .enablePositionalOptions();
  registerLifecycle(program);
  registerInspection(program);
  completion(program, { completionCommandName: 'completion' });
  // Sub-commands inherit nothing by themselves.
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    // Commander has already said what was wrong, or printed the help asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    return fail(error, { json: argv.includes('--json') });
  }
};
