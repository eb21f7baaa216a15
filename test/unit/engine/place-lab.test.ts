import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { busyPorts, overlaps } from '../../../lab/engine/place-lab.ts';

describe('networks overlap', () => {
  it.each([
    ['10.211.0.0/24', '10.211.0.0/24', true],
    ['10.211.0.0/24', '10.211.1.0/24', false],
    ['10.0.0.0/8', '10.211.3.0/24', true],
    ['172.17.0.1/16', '10.211.3.0/24', false],
    ['0.0.0.0/0', '10.211.3.0/24', true],
    ['192.168.255.255/32', '192.168.0.0/16', true],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });
});

describe('busy ports', () => {
  it('are those that something listens on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await busyPorts([port])).toEqual([port]);
    server.close();
    await once(server, 'close');
    expect(await busyPorts([port])).toEqual([]);
  });
});
