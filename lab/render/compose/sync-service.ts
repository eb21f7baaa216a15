import type { Plan, PlannedNode, PlannedSync } from '../../plan/plan.ts';
import { deploymentPath, nodeVolume } from './kept-volumes.ts';
import { containerLabels } from './labels.ts';
import { healthcheck, PART_STOP_GRACE, type Service } from './service.ts';

/**
 * Runs rsync from the manager's directory to those of the workers, again and again. It stands between the nodes' volumes, so that
 * the nodes need neither rsync nor a log-in at each other, which product images have not.
 */
export const syncService = (
  plan: Plan,
  { name, image, manager, workers, interval, directory }: PlannedSync,
): Service => ({
  image,
  pull_policy: 'never',
  network_mode: 'none',
  entrypoint: ['sync-workers'],
  init: true,
  environment: { INTERVAL: String(interval), WORKERS: workers.join(' ') },
  volumes: [
    `${nodeVolume(manager, directory)}:/manager:ro`,
    ...workers.map((worker) => `${nodeVolume(worker, directory)}:/workers/${worker}`),
  ],
  mem_limit: '64m',
  stop_grace_period: PART_STOP_GRACE,
  // There from the first run on that has brought everything to every worker.
  healthcheck: healthcheck(['CMD', 'test', '-e', '/run/synced'], 30),
  labels: containerLabels(plan, name, 'sync'),
});

/** The volume with a node's own copy of the directory; a worker may only read it. */
export const syncedVolumesOf = (plan: Plan, node: PlannedNode): readonly string[] => {
  const { sync } = plan;
  if (!sync || !membersOf(sync).includes(node.name)) return [];
  const target = deploymentPath(plan, sync.directory);
  return [`${nodeVolume(node.name, sync.directory)}:${target}${node.name === sync.manager ? '' : ':ro'}`];
};

/** A volume per member. Docker fills each from the node's image. */
export const syncVolumes = ({ sync }: Plan): Readonly<Record<string, object>> =>
  sync ? Object.fromEntries(membersOf(sync).map((member) => [nodeVolume(member, sync.directory), {}])) : {};

const membersOf = ({ manager, workers }: PlannedSync): readonly string[] => [manager, ...workers];
