import type { LabStatus } from '../../engine/lab-status.ts';
import { HOT_DEPLOYMENT_INTERVAL } from '../../product/hot-deployment.ts';
import type { Patience } from '../until.ts';

/** Milliseconds that a scan itself may take on a busy machine, beyond the interval between two. */
const SCAN = 5_000;

/** Within this every member of a group must have what another one wrote to the share: one look at it (wire.md 6.3). */
export const ONE_SCAN: Patience = { limit: HOT_DEPLOYMENT_INTERVAL + SCAN, interval: 50 };

/** The same for APIs, which rsync may have to bring first. */
export const patienceForApis = ({ sync }: Pick<LabStatus, 'sync'>): Patience => ({
  ...ONE_SCAN,
  limit: ONE_SCAN.limit + (sync?.interval ?? 0) * 1000,
});
