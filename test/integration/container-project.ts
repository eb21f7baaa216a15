import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';

const run = promisify(execFile);

/** Standard output of a Docker command; rejects with `code` and `stderr` when it fails. */
export const docker = async (...args: readonly string[]): Promise<string> =>
  (await run('docker', [...args])).stdout.trim();

/** A Compose project of a test's own. */
export type ContainerProject = {
  /** Runs `docker compose` on the project. */
  compose(...args: readonly string[]): Promise<string>;
  /** Runs a command in a service's container. */
  inside(service: string, ...command: readonly string[]): Promise<string>;
  /** Of a container that ended; 137 says that it did not end by itself within its grace period. */
  exitCode(service: string): Promise<number>;
  dispose(): Promise<void>;
};

/** Starts services, by the keys of the Compose file, and waits until all are healthy. Files may be mounted by `./path`. */
export const startProject = async (
  name: string,
  project: { readonly services: object; readonly volumes?: object },
  files: Readonly<Record<string, string>>,
): Promise<ContainerProject> => {
  const directory = await mkdtemp(join(tmpdir(), `${name}-`));
  for (const [path, content] of Object.entries({ ...files, 'compose.yaml': stringify(project) })) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, path.endsWith('.sh') ? 0o755 : 0o644);
  }
  const compose = (...args: readonly string[]) =>
    docker('compose', '--project-name', name, '--project-directory', directory, ...args);
  const dispose = async () => {
    await compose('down', '--volumes', '--timeout', '1');
    await rm(directory, { recursive: true });
  };
  await compose('up', '--detach', '--wait', '--pull', 'never').catch(async (cause: unknown) => {
    await dispose();
    throw cause;
  });
  return {
    compose,
    inside: (service, ...command) => compose('exec', '-T', service, ...command),
    exitCode: async (service) => {
      const container = await compose('ps', '--all', '--quiet', service);
      return Number(await docker('inspect', '--format', '{{.State.ExitCode}}', container));
    },
    dispose,
  };
};

/** A health check that is asked often while the container starts. */
export const healthy = (...test: readonly string[]) => ({
  test: ['CMD', ...test],
  start_period: '30s',
  start_interval: '100ms',
});

/** Stands in for the simulator's server, so that a test sees what the entrypoint does and nothing else. */
export const IDLE_SERVER = `#!/bin/bash
trap 'exit 0' TERM
echo "$(id -u):$(id -g) $*" >/tmp/started
sleep infinity & wait
`;
export const IDLE_SERVER_STARTED = healthy('test', '-s', '/tmp/started');
