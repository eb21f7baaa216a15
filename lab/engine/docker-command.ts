import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export type CommandResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type CommandInput = { readonly signal: AbortSignal; readonly stdin?: string };

/** Runs a command of the Docker client to its end, whatever that is. Rejects when it is aborted or cannot be run. */
export const runDocker = async (
  args: readonly string[],
  { signal, stdin = '' }: CommandInput,
): Promise<CommandResult> => {
  const child = spawn('docker', args, { stdio: 'pipe', signal });
  // A command that ends before it has read everything says why on its own.
  child.stdin.on('error', () => undefined).end(stdin);
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: typeof code === 'number' ? code : 1, stdout, stderr: stderr.trim() };
};
