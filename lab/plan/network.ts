import { LISTENER_NAMES, type Listener } from '../product/ports.ts';
import { MOST_NODES } from '../topology/lab-names.ts';

/**
 * Addresses and host ports of a lab follow from its slot: labs with different slots never collide. Host ports stay below
 * 32768, where Linux starts to take ports for outgoing connections.
 */
export const SLOTS = 30;

const HOST_PORT_BASE = 20_000;
const HOST_PORTS_PER_SLOT = 400;
const HOST_PORTS_PER_NODE = 10;
const BALANCER_PORTS = MOST_NODES * HOST_PORTS_PER_NODE;
const DATABASE_PORT = BALANCER_PORTS + 30;
const BACKEND_HOST_PORT = BALANCER_PORTS + 31;

/**
 * The network of a slot. Containers of others that join it get their addresses from `range`, never that of a node which is down
 * for a while.
 */
export const subnetOf = (slot: number) => ({
  subnet: `10.211.${slot}.0/24`,
  gateway: `10.211.${slot}.1`,
  range: `10.211.${slot}.128/25`,
});

/** The network of the environments in the DMZ of a lab in this slot. */
export const dmzSubnetOf = (slot: number) => ({ subnet: `10.212.${slot}.0/24`, gateway: `10.212.${slot}.1` });

/** Fixed addresses inside a lab's network; nodes begin after the lab's own parts. */
export const addressOf = {
  database: (slot: number) => `10.211.${slot}.2`,
  share: (slot: number) => `10.211.${slot}.3`,
  /** `index` counts load balancers: there is one for each role at most. The back end lives between the first and the second. */
  balancer: (slot: number, index: number) => `10.211.${slot}.${index === 0 ? 4 : 5 + index}`,
  backend: (slot: number) => `10.211.${slot}.5`,
  /** `index` counts nodes, or machines where several nodes live on one. */
  node: (slot: number, index: number) => `10.211.${slot}.${11 + index}`,
  dmzNode: (slot: number, index: number) => `10.212.${slot}.${11 + index}`,
  /** What stands in both networks has the same place in both; nodes end before them. */
  dmzBalancer: (slot: number) => inBoth(slot, 60),
  /** `index` counts the hosts that the DMZ may reach. */
  passage: (slot: number, index: number) => inBoth(slot, 61 + index),
};

const inBoth = (slot: number, host: number) => ({
  address: `10.211.${slot}.${host}`,
  dmzAddress: `10.212.${slot}.${host}`,
});

/** Host port of a node's listener, unless the topology fixes one. */
export const nodeHostPort = (slot: number, nodeIndex: number, listener: Listener): number =>
  slotPort(slot) + nodeIndex * HOST_PORTS_PER_NODE + LISTENER_NAMES.indexOf(listener);

/** Host port of a load balancer's front. */
export const frontHostPort = (slot: number, frontIndex: number): number => slotPort(slot) + BALANCER_PORTS + frontIndex;

export const databaseHostPort = (slot: number): number => slotPort(slot) + DATABASE_PORT;

export const backendHostPort = (slot: number): number => slotPort(slot) + BACKEND_HOST_PORT;

/** The host ports that belong to a slot, `[first, last]`. */
export const hostPortRange = (slot: number): readonly [number, number] => [
  slotPort(slot),
  slotPort(slot) + HOST_PORTS_PER_SLOT - 1,
];

const slotPort = (slot: number): number => HOST_PORT_BASE + slot * HOST_PORTS_PER_SLOT;
