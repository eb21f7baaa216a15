import completion from '@bomb.sh/tab/commander';
import { Command, CommanderError } from 'commander';
import { EXIT } from '../errors/codes.ts';
import { labError } from '../errors/lab-error.ts';
import { fail } from '../ui/fail.ts';
import { registerEvents } from './register-events.ts';
import { registerFaults } from './register-faults.ts';
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
    .enablePositionalOptions();
  registerLifecycle(program);
  registerInspection(program);
  registerEvents(program);
  registerFaults(program);
  completion(program, { completionCommandName: 'completion' });
  // Sub-commands inherit nothing by themselves. What is wrong is said in the lab's own form, below.
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => undefined });
  }
  // Also of a command line that could not be read.
  const json = argv.includes('--json') || process.env.APIM_LAB_JSON !== undefined;
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(error, { json });
    // Commander has printed the help that was asked for, or that a call without a command gets.
    if (error.code.startsWith('commander.help')) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    return fail(labError('USAGE', error.message.replace(/^error: /, '')), { json });
  }
};
