import type { SharedDirectory } from '../product/roles.ts';
import type { PlannedNode } from './plan.ts';

/** Name of a shared directory on the share: Gateways of two environments must not find each other's APIs in it. */
export const exportOf = ({ environment }: Pick<PlannedNode, 'environment'>, directory: SharedDirectory): string =>
  environment === undefined ? directory : `${directory}-${environment}`;
