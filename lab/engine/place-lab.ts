import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { LabError, labError, problem } from '../errors/lab-error.ts';
import { hostPortsOf } from '../plan/host-ports.ts';
import { hostPortRange, SLOTS } from '../plan/network.ts';
import type { LabImages, Placement, Plan } from '../plan/plan.ts';
import { planLab } from '../plan/plan-lab.ts';
import type { Topology } from '../topology/schema.ts';
import type { Docker } from './docker.ts';
import { observeContainers } from './observe.ts';

/**
 * Finds the lab's place on this machine and plans it there. A lab that exists keeps its place; a new one takes the first
 * slot whose network and host ports are free and that it has not lost to another lab already. Fails with PORT_IN_USE for a port that the topology fixes, and with
 * NO_FREE_SLOT.
 */
export const placeLab = async (
  docker: Docker,
  topology: Topology,
  images: LabImages,
  lost: ReadonlySet<number> = new Set(),
): Promise<Plan> => {
  const kernelNfs = await hasKernelNfs();
  const planAt = (slot: number) => planLab(topology, { slot, kernelNfs, images } satisfies Placement);
  const containers = await observeContainers(docker);
  const own = containers.find(({ lab }) => lab === topology.lab);
  if (own) return planAt(own.slot);

  const taken = new Set([...lost, ...containers.map(({ slot }) => slot)]);
  const subnets = await subnetsInUse(docker);
  const fixed = fixedPorts(topology);
  for (let slot = 0; slot < SLOTS; slot += 1) {
    // The lab's own ports must not meet those that its topology fixes.
    const [first, last] = hostPortRange(slot);
    if ([...fixed].some((port) => port >= first && port <= last)) continue;
    const plan = planAt(slot);
    const wanted = [plan.network, ...(plan.dmz ? [plan.dmz] : [])];
    if (taken.has(slot) || subnets.some((used) => wanted.some(({ subnet }) => overlaps(used, subnet)))) continue;
    const busy = await busyPorts(hostPortsOf(plan).map(({ port }) => port));
    const inTheWay = busy.filter((port) => fixed.has(port));
    if (inTheWay.length > 0) throw portsInUse(inTheWay);
    if (busy.length === 0) return plan;
  }
  throw labError('NO_FREE_SLOT', `all ${SLOTS} places for labs on this machine are taken`);
};

const portsInUse = ([first, ...others]: readonly number[]): Error => {
  const inUse = (port: number | undefined) => problem('PORT_IN_USE', `port ${port} of this machine is in use`);
  return new LabError([inUse(first), ...others.map(inUse)]);
};

/** The kernel's NFS client, loaded or loadable: dockerd mounts with it. */
export const hasKernelNfs = async (): Promise<boolean> => {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  if (/^nodev\s+nfs4?$/m.test(await read('/proc/filesystems'))) return true;
  const release = (await read('/proc/sys/kernel/osrelease')).trim();
  return /\/nfs\.ko/.test(await read(`/lib/modules/${release}/modules.dep`));
};

const networkSchema = z.object({
  IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string().optional() })).nullish() }).optional(),
});

const subnetsInUse = async (docker: Docker): Promise<readonly string[]> => {
  const networks = z.array(networkSchema).parse(await docker.listNetworks());
  const ofDocker = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []));
  const ofHost = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).flatMap(({ cidr }) => cidr ?? []));
  return [...ofDocker, ...ofHost].filter((cidr) => !cidr.includes(':'));
};

/** Whether two IPv4 networks in CIDR form share addresses. */
export const overlaps = (one: string, other: string): boolean => {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  const bits = Math.min(a.bits, b.bits);
  // A shift by 32 would be a shift by 0.
  return bits === 0 || a.address >>> (32 - bits) === b.address >>> (32 - bits);
};

const parseCidr = (cidr: string) => {
  const [address = '', bits = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return { address: number, bits: Number(bits) };
};

const fixedPorts = (topology: Topology): ReadonlySet<number> =>
  new Set(topology.nodes.flatMap((node) => Object.values(node.expose ?? {})).flatMap((port) => port ?? []));

/** Those of the ports that something listens on. Asked by binding them for a moment. */
export const busyPorts = async (ports: readonly number[]): Promise<readonly number[]> => {
  const checked = await Promise.all(ports.map(async (port) => ((await isFree(port)) ? [] : [port])));
  return checked.flat();
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
