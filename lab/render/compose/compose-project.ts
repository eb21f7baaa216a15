import { stringify } from 'yaml';
import type { Plan } from '../../plan/plan.ts';
import { configurationHash, type ProjectFiles } from './configuration-hash.ts';
import { keptVolumes } from './kept-volumes.ts';
import { LABELS, labLabels } from './labels.ts';
import type { Service } from './service.ts';
import { planServices } from './services.ts';
import { shareVolumes } from './share-mounts.ts';
import { syncVolumes } from './sync-service.ts';

const HEADER = '# Rendered by apim-lab from the topology file. "docker compose up" in this directory works as well.\n';

/** The Compose project of a plan; `files` are the other rendered files, whose content the services' labels cover. */
export const renderCompose = (plan: Plan, files: ProjectFiles): string => {
  const services = Object.entries(planServices(plan)).map(([name, service]) => [name, labelled(service, files)]);
  const labels = labLabels(plan);
  const { subnet, gateway, range } = plan.network;
  const project = {
    name: plan.project,
    services: Object.fromEntries(services),
    networks: {
      lab: { labels, ipam: { config: [{ subnet, gateway, ip_range: range }] } },
      ...(plan.dmz && { dmz: { labels, ...NO_WAY_OUT, ipam: { config: [plan.dmz] } } }),
    },
    volumes: Object.fromEntries(
      Object.entries(planVolumes(plan)).map(([name, volume]) => [name, { ...volume, labels }]),
    ),
  };
  return HEADER + stringify(escapeDollars(project), { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
};

/**
 * Docker lets no packet from one of its networks to another. Without masquerading none comes back from beyond its host either; and
 * unlike those of an internal network, ports of containers can be published.
 */
const NO_WAY_OUT = { driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } };

const labelled = (service: Service, files: ProjectFiles): Service => ({
  ...service,
  labels: { ...service.labels, [LABELS.configuration]: configurationHash(service, files) },
});

const planVolumes = (plan: Plan): Readonly<Record<string, object>> => ({
  'mysql-data': {},
  ...(plan.share?.type === 'nfs' && { 'nfs-export': {} }),
  ...shareVolumes(plan),
  ...syncVolumes(plan),
  ...keptVolumes(plan),
});

/** Compose interpolates `$` in every value. */
const escapeDollars = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escapeDollars(each)]));
};
