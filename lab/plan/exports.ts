import type { SharedDirectory } from '../product/roles.ts';
import type { PlannedNode } from './plan.ts';

/**
 * Name of a shared directory on the share: Gateways of two environments must not find each other's APIs in it, and two roles must
 * not share what each of them removes web applications from (configuration.md 10).
 */
export const exportOf = (
  { role, environment }: Pick<PlannedNode, 'role' | 'environment'>,
  directory: SharedDirectory,
): string =>
  [directory, ...(directory === 'server' ? [role] : []), ...(environment === undefined ? [] : [environment])].join('-');
