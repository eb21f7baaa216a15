import { describe, expect, it } from 'vitest';
import { planLab } from '../../../lab/plan/plan-lab.ts';
import { ROLES } from '../../../lab/product/roles.ts';
import { PARTS } from '../../../lab/topology/lab-names.ts';
import { parseTopology } from '../../../lab/topology/parse-topology.ts';
import { problemsOf } from './problems-of.ts';

const LAB = ['lab: plan', 'nodes:', ...ROLES.map((role) => `  - { role: ${role} }`), '  - { role: gateway }', ''].join(
  '\n',
);

const topology = parseTopology(LAB, 'lab.yaml');
const plan = planLab(topology, {
  slot: 0,
  kernelNfs: false,
  images: { wso2am: { '3.0.0': '', '3.1.0': '', '3.2.0': '' }, mysql: '', nginx: '', nfs: '', backend: '' },
});

describe('what the loader knows of the plan', () => {
  it('is which names belong to its parts', () => {
    for (const name of Object.values(PARTS)) {
      expect(
        problemsOf(`${LAB}  - { role: gateway, name: ${name} }\n`).map(({ code }) => code),
        name,
      ).toEqual(['DUPLICATE_NAME']);
    }
  });

  it('is every host name that something answers to', () => {
    const hostnames = [
      ...plan.nodes.flatMap(({ name, hostname }) => [name, hostname]),
      ...plan.balancers.flatMap(({ name, fronts }) => [name, ...fronts.map(({ hostname }) => hostname)]),
      plan.database.name,
      plan.database.hostname,
      ...(plan.share ? [plan.share.name, `${plan.share.name}.${plan.domain}`] : []),
      ...(plan.backend ? [plan.backend.name, plan.backend.hostname] : []),
    ];
    expect(hostnames.length).toBeGreaterThan(20);
    for (const hostname of hostnames) {
      const text = `${LAB}  - { role: publisher, name: newcomer, hostname: ${hostname} }\n`;
      expect(
        problemsOf(text).map(({ code }) => code),
        hostname,
      ).toEqual(['DUPLICATE_HOSTNAME']);
    }
  });
});
