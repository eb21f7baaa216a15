import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { labError } from '../errors/lab-error.ts';
import { FILES } from '../render/paths.ts';

export type ComposeInput = {
  /** Lab directory with the rendered project. */
  readonly directory: string;
  readonly project: string;
  readonly signal: AbortSignal;
};

/**
 * Runs `docker compose` on a rendered project and resolves with its standard output.
 * Fails with COMPOSE_MISSING, NETWORK_TAKEN or COMPOSE_FAILED; the evidence is what Compose wrote.
 */
export const compose = async (input: ComposeInput, args: readonly string[]): Promise<string> => {
  // An abort that is over makes no event to listen for.
  input.signal.throwIfAborted();
  const project = ['--project-name', input.project, '--file', FILES.compose, '--progress', 'plain'];
  const child = spawn('docker', ['compose', ...project, ...args], {
    cwd: input.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is for the lab, which then decides what to do with its children.
    detached: true,
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw labError(
      'COMPOSE_MISSING',
      'the docker command cannot be run',
      { evidence: String(error) },
      { cause: error },
    );
  }
  const interrupt = () => child.kill('SIGINT');
  input.signal.addEventListener('abort', interrupt, { once: true });
  const [code] = await once(child, 'close');
  input.signal.removeEventListener('abort', interrupt);
  input.signal.throwIfAborted();
  const [stdout, stderr] = await output;
  if (code === 0) return stdout;
  const evidence = stderr.trim();
  if (/is not a docker command|unknown (shorthand )?flag: '(project-name|p)'/.test(evidence)) {
    throw labError('COMPOSE_MISSING', 'docker has no Compose v2 plugin', { evidence });
  }
  if (/Pool overlaps with other one/.test(evidence)) {
    throw labError('NETWORK_TAKEN', 'another network has the addresses of this lab', { evidence });
  }
  throw labError('COMPOSE_FAILED', `docker compose ${args[0]} failed`, { evidence });
};

const text = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

/** Version of the Compose plugin. Fails with COMPOSE_MISSING. */
export const composeVersion = async (): Promise<string> => {
  const child = spawn('docker', ['compose', 'version', '--short'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const output = text(child.stdout);
  const [code] = await once(child, 'close').catch(() => [1]);
  if (code !== 0) throw labError('COMPOSE_MISSING', 'docker has no Compose v2 plugin');
  return (await output).trim();
};
