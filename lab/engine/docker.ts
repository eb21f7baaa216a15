import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { z } from 'zod';
import { labError } from '../errors/lab-error.ts';

export type { Docker };

/** `start_interval` of health checks came with this engine. */
const OLDEST_ENGINE = 25;

const versionSchema = z.object({ Version: z.string(), ApiVersion: z.string() });

/**
 * Connects to the Docker Engine of `DOCKER_HOST`, of this machine, or of Docker Desktop.
 * Fails with DOCKER_MISSING when none answers and DOCKER_TOO_OLD when it cannot run the lab's health checks.
 */
export const connectDocker = async (): Promise<Docker> => {
  const socket = [join('/var/run', 'docker.sock'), join(homedir(), '.docker/run/docker.sock')].find(existsSync);
  // The docker command would follow its context, which may be another engine: what the lab starts inherits this one.
  if (!process.env.DOCKER_HOST && socket !== undefined) process.env.DOCKER_HOST = `unix://${socket}`;
  const docker = new Docker();
  const version = await engineVersion(docker);
  if (Number.parseInt(version, 10) < OLDEST_ENGINE) {
    throw labError('DOCKER_TOO_OLD', `the Docker Engine is ${version}; the lab needs ${OLDEST_ENGINE} or newer`);
  }
  return docker;
};

const engineVersion = async (docker: Docker): Promise<string> => {
  try {
    return versionSchema.parse(await docker.version()).Version;
  } catch (error) {
    throw labError('DOCKER_MISSING', 'no Docker Engine answers', { evidence: String(error) }, { cause: error });
  }
};

/** Status code of an error that the Docker Engine answered; undefined for any other error. */
export const dockerStatus = (error: unknown): number | undefined =>
  z.object({ statusCode: z.number() }).safeParse(error).data?.statusCode;
