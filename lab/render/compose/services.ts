import type { Plan } from '../../plan/plan.ts';
import { hostServiceName, nodeService } from './node-service.ts';
import {
  backendService,
  balancerService,
  databaseService,
  hostService,
  passageService,
  shareService,
} from './part-services.ts';
import type { Service } from './service.ts';
import { syncService } from './sync-service.ts';

/** All Compose services of a lab by name. */
export const planServices = (plan: Plan): Readonly<Record<string, Service>> => {
  const hosts = [...new Set(plan.nodes.flatMap((node) => node.host ?? []))];
  return {
    [plan.database.name]: databaseService(plan, plan.database),
    ...(plan.share?.type === 'nfs' && { [plan.share.name]: shareService(plan, plan.share) }),
    ...(plan.sync && { [plan.sync.name]: syncService(plan, plan.sync) }),
    ...Object.fromEntries(plan.balancers.map((each) => [each.name, balancerService(plan, each)])),
    ...Object.fromEntries(plan.firewall.map((each) => [each.name, passageService(plan, each)])),
    ...(plan.backend && { [plan.backend.name]: backendService(plan, plan.backend) }),
    ...Object.fromEntries(hosts.map((host) => [hostServiceName(host), hostService(plan, hostServiceName(host), host)])),
    ...Object.fromEntries(plan.nodes.map((node) => [node.name, nodeService(plan, node)])),
  };
};
