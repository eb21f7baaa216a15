import type { Docker } from '../engine/docker.ts';
import { findLab } from '../engine/select-lab.ts';

/** A lab whose nodes are taken away. */
export type FaultyLab = {
  readonly docker: Docker;
  readonly name: string;
  /** Where its faults are written down. */
  readonly directory: string;
};

/** An existing lab. Fails with LAB_NOT_FOUND. */
export const findFaultyLab = async (docker: Docker, name: string): Promise<FaultyLab> => {
  const { directory } = await findLab(docker, name);
  return { docker, name, directory };
};
