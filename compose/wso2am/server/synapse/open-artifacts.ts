import type { CarbonContext } from '../carbon/context.ts';
import { type ArtifactStore, createArtifactStore } from './artifact-store.ts';
import { deployHot, systemTimer, type Timer } from './hot-deployment.ts';

export type OpenArtifacts = {
  readonly artifacts: ArtifactStore;
  /** Stops hot deployment. */
  close(): void;
};

/**
 * The artifacts of a gateway: all that is on disk, deployed before any listener opens, and from then on what appears there
 * (wire.md 6.3). Rejects when the folder cannot be read.
 */
export const openArtifacts = async (
  { home, log }: Pick<CarbonContext, 'home' | 'log'>,
  timer: Timer = systemTimer,
): Promise<OpenArtifacts> => {
  const artifacts = createArtifactStore(home, log);
  await artifacts.scan();
  const scheduler = log('org.apache.axis2.deployment.scheduler.SchedulerTask');
  return { artifacts, close: deployHot(artifacts.scan, scheduler, timer) };
};
