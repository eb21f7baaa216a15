import { describe, expect, it } from 'vitest';
import { type Absence, absencesOf, type Member } from '../../../../lab/probes/failover/absences.ts';

const node = (name: string, role: Member['role'], environment?: string): Member => ({
  name,
  role,
  ...(environment !== undefined && { environment }),
  image: '',
  hostname: '',
  address: '',
  offset: 0,
  urls: {},
  state: 'running',
  health: 'healthy',
  memoryBytes: null,
});

const inWords = ({ away, way, others }: Absence): string =>
  `${away.name} ${way}, ${others.map(({ name }) => name).join(' and ')} stay`;

const environment = (name: string, https: string) => ({
  name,
  type: 'hybrid' as const,
  dmz: false,
  gateways: [],
  urls: { https },
});

const statusOf = (nodes: readonly Member[], environments = [environment('Production and Sandbox', '')]) => ({
  nodes: [...nodes],
  endpoints: {},
  environments,
});

describe('who goes away', () => {
  it('is nobody where no role has a second node', () => {
    expect(absencesOf(statusOf([node('km-1', 'key-manager'), node('gw-1', 'gateway')]))).toEqual([]);
  });

  it('is each way a member of each pair, in turn, and roles take turns too', () => {
    const nodes = [
      node('km-1', 'key-manager'),
      node('km-2', 'key-manager'),
      node('tm-1', 'traffic-manager'),
      node('gw-1', 'gateway'),
      node('gw-2', 'gateway'),
      node('gw-3', 'gateway'),
    ];
    expect(absencesOf(statusOf(nodes)).map(inWords)).toEqual([
      'km-1 kill, km-2 stay',
      'gw-1 kill, gw-2 and gw-3 stay',
      'km-2 pause, km-1 stay',
      'gw-2 pause, gw-1 and gw-3 stay',
      'km-1 cut, km-2 stay',
      'gw-3 cut, gw-1 and gw-2 stay',
    ]);
  });

  it('is no gateway that stands alone in its environment, for no other has its APIs', () => {
    const nodes = [
      node('gw-1', 'gateway', 'Internal'),
      node('gw-2', 'gateway', 'External'),
      node('gw-3', 'gateway', 'External'),
    ];
    const status = statusOf(nodes, [
      environment('Internal', 'https://internal'),
      environment('External', 'https://external'),
    ]);
    const absences = absencesOf(status);
    expect(absences.map(inWords)).toEqual(['gw-2 kill, gw-3 stay', 'gw-3 pause, gw-2 stay', 'gw-2 cut, gw-3 stay']);
    expect(new Set(absences.map(({ balancer }) => balancer.https))).toEqual(new Set(['https://external']));
  });
});
