import { describe, expect, it } from 'vitest';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';
import {
  frame,
  HEADER,
  method,
  octet,
  open,
  openChannel,
  openRaw,
  RawClient,
  shortText,
  startOk,
  tuneOk,
  uint16,
  uint32,
  uint64,
} from './raw-client.ts';

/** The same numbers in every run (a linear congruential generator). */
const randomNumbers =
  (seed: number) =>
  (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };

const CONNECTIONS = 300;

/** To a queue by its name, and back to the sender where there is none. */
const PUBLISH = Buffer.concat([
  method(1, 60, 40, uint16(0), shortText(''), shortText('gone'), octet(1)),
  frame(2, 1, uint16(60), uint16(0), uint64(3), uint16(0x8000), shortText('a')),
  frame(3, 1, Buffer.from('abc')),
]);

/** A conversation that is fine. */
const CONVERSATION = Buffer.concat([
  HEADER,
  startOk,
  tuneOk(),
  open,
  openChannel(1),
  method(1, 85, 10, octet(0)),
  method(1, 50, 10, uint16(0), shortText('q'), octet(0b00100), uint32(0)),
  method(1, 60, 20, uint16(0), shortText('q'), shortText('1'), octet(0), uint32(0)),
  PUBLISH,
]);

describe('conversations with changed bytes', () => {
  it('end, each in its own way, and leave a broker that serves the next one', async () => {
    const { broker, port } = await startBroker();
    const random = randomNumbers(7);
    for (let count = 0; count < CONNECTIONS; count += 1) {
      const bytes = Buffer.from(CONVERSATION);
      for (let change = 0; change <= random(3); change += 1) bytes[8 + random(bytes.length - 8)] = random(256);
      const client = new RawClient(port);
      const cut = random(bytes.length);
      client.send(bytes.subarray(0, cut));
      client.send(bytes.subarray(cut));
      client.socket.end();
      await client.rest();
    }

    await eventually(() => broker.statistics().connections).toBe(0);
    const good = await openRaw(port);
    good.send(PUBLISH);
    expect((await good.next())?.name).toBe('1/1/60.50');
  });
});
