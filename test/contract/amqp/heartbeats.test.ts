import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../compose/wso2am/server/broker/timers.ts';
import { eventually } from '../../unit/simulator/broker/eventually.ts';
import { startBroker } from '../../unit/simulator/broker/start-broker.ts';
import { frame, openRaw } from './raw-client.ts';

/** Timers whose beats the test gives. */
const beatingTimers = () => {
  const beats: { readonly milliseconds: number; readonly work: () => void }[] = [];
  const timers: Timers = {
    after: () => () => undefined,
    every: (milliseconds, work) => {
      const beat = { milliseconds, work };
      beats.push(beat);
      return () => void beats.splice(beats.indexOf(beat), 1);
    },
  };
  return { timers, beats, beat: () => beats[0]?.work() };
};

describe('heartbeats', () => {
  it('are sent at half the interval that the client asked for, where nothing else is sent', async () => {
    const { timers, beats, beat } = beatingTimers();
    const { port } = await startBroker({ timers });
    const client = await openRaw(port, 30);
    expect(beats).toMatchObject([{ milliseconds: 15_000 }]);
    beat();
    beat();

    expect((await client.next())?.name).toBe('8/0/');
  });

  it('end a connection that was silent for two intervals', async () => {
    const { timers, beats, beat } = beatingTimers();
    const { broker, port, warnings } = await startBroker({ timers });
    const client = await openRaw(port, 30);
    for (let count = 0; count < 4; count += 1) beat();
    await client.rest();

    expect(warnings).toEqual([expect.stringContaining('no heartbeat within 60 s')]);
    await eventually(() => broker.statistics().connections).toBe(0);
    expect(beats).toEqual([]);
  });

  it('of the client keep its connection alive', async () => {
    const { timers, beat } = beatingTimers();
    const { broker, port } = await startBroker({ timers });
    const client = await openRaw(port, 30);
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 3; count += 1) beat();
      client.send(frame(8, 0), frame(1, 1, Buffer.from('003c000a00000000000100', 'hex')));
      await client.until('1/1/60.11');
    }

    expect(broker.statistics().connections).toBe(1);
  });

  it('are not sent when neither side wants them', async () => {
    const { timers, beats } = beatingTimers();
    const { port } = await startBroker({ timers });
    await openRaw(port, 0);

    expect(beats).toEqual([]);
  });
});
