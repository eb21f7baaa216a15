import { describe, expect, it } from 'vitest';
import { planCertificates } from '../../../../lab/render/certificates/plan-certificates.ts';
import { sampleNode, samplePlan } from '../sample-plan.ts';

const requestOf = (name: string, plan = samplePlan()) =>
  planCertificates(plan).find((request) => request.name === name);

describe('planCertificates', () => {
  it('asks for an authority first, the shared key pair, and one certificate per node and load balancer', () => {
    expect(planCertificates(samplePlan()).map(({ name }) => name)).toEqual([
      'ca',
      'primary',
      'km-1',
      'km-2',
      'gw-1',
      'lb',
    ]);
  });

  it('names the authority and the shared key pair after the lab', () => {
    expect(requestOf('ca')).toEqual({ name: 'ca', commonName: 'sample CA', hostnames: [], addresses: [] });
    expect(requestOf('primary')).toEqual({
      name: 'primary',
      commonName: 'sample primary',
      hostnames: [],
      addresses: [],
    });
  });

  it("gives a node every name others use for it, its role's at the load balancer included", () => {
    expect(requestOf('km-2')).toEqual({
      name: 'km-2',
      commonName: 'km-2.sample.test',
      hostnames: ['km-2.sample.test', 'km-2', 'km.sample.test', 'localhost'],
      addresses: ['10.211.0.12', '127.0.0.1'],
    });
    expect(requestOf('gw-1')).toEqual({
      name: 'gw-1',
      commonName: 'gw.bank.test',
      hostnames: ['gw.bank.test', 'gw-1', 'gateway-mgt.sample.test', 'gateway.sample.test', 'localhost'],
      addresses: ['10.211.0.13', '127.0.0.1'],
    });
  });

  it('gives the load balancer the names of all its fronts', () => {
    expect(requestOf('lb')).toEqual({
      name: 'lb',
      commonName: 'lb',
      hostnames: ['lb', 'km.sample.test', 'gateway-mgt.sample.test', 'gateway.sample.test', 'localhost'],
      addresses: ['10.211.0.4', '127.0.0.1'],
    });
  });

  it('takes an address given as a host name for an address', () => {
    const node = sampleNode('gateway', 'gw-1', '10.211.0.13', { hostname: '10.9.8.7', serverHostname: '10.9.8.7' });
    expect(requestOf('gw-1', samplePlan({ nodes: [node], balancers: [] }))).toEqual({
      name: 'gw-1',
      commonName: '10.9.8.7',
      hostnames: ['gw-1', 'localhost'],
      addresses: ['10.9.8.7', '10.211.0.13', '127.0.0.1'],
    });
  });
});
