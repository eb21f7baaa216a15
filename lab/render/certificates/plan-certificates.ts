import { isIP } from 'node:net';
import type { Plan, PlannedBalancer, PlannedNode } from '../../plan/plan.ts';
import { type CertificateRequest, type CertificateRequests, LAB_CERTIFICATES } from './certificate-set.ts';

/** How people and probes on the host reach every published port. */
const LOOPBACK = ['localhost', '127.0.0.1'] as const;

/**
 * Which certificates a lab needs and what they must say, in the order of the plan: the authority, the key pair that all
 * nodes share, one per node and one per load balancer (configuration.md 8).
 */
export const planCertificates = (plan: Plan): CertificateRequests => [
  { name: LAB_CERTIFICATES.authority, commonName: `${plan.lab} CA`, hostnames: [], addresses: [] },
  { name: LAB_CERTIFICATES.primary, commonName: `${plan.lab} primary`, hostnames: [], addresses: [] },
  ...plan.nodes.map((node) => nodeRequest(node, plan.balancers)),
  ...plan.balancers.map(balancerRequest),
];

const nodeRequest = (node: PlannedNode, balancers: readonly PlannedBalancer[]): CertificateRequest => ({
  name: node.name,
  commonName: node.hostname,
  ...alternativeNames([
    node.hostname,
    node.name,
    node.serverHostname,
    ...balancers.flatMap(({ fronts }) =>
      fronts
        .filter(({ role, environment }) => role === node.role && environment === node.environment)
        .map((front) => front.hostname),
    ),
    node.address,
    ...LOOPBACK,
  ]),
});

const balancerRequest = ({ name, address, dmzAddress, fronts }: PlannedBalancer): CertificateRequest => ({
  name,
  commonName: name,
  ...alternativeNames([
    name,
    ...fronts.map((front) => front.hostname),
    address,
    ...(dmzAddress === undefined ? [] : [dmzAddress]),
    ...LOOPBACK,
  ]),
});

/** A topology may give an address where a host name belongs; certificates tell the two apart. */
const alternativeNames = (names: readonly string[]): Pick<CertificateRequest, 'hostnames' | 'addresses'> => {
  const unique = [...new Set(names)];
  return {
    hostnames: unique.filter((name) => isIP(name) === 0),
    addresses: unique.filter((name) => isIP(name) !== 0),
  };
};
