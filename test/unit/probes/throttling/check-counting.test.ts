import { describe, expect, it } from 'vitest';
import { HopRecorder } from '../../../../lab/probes/hops.ts';
import { checkCounting } from '../../../../lab/probes/throttling/check-counting.ts';
import { DecisionLog } from '../../../../lab/probes/throttling/decision-log.ts';

const KEY = '7:admin@carbon.super';
const END = 1_600_000_020_000;
const gateway = { to: 'gw-1', origin: 'https://gw-1:8243', direct: true };

type Situation = {
  /** Decisions that each Traffic Manager has told. */
  readonly told: Readonly<Record<string, number>>;
  readonly unreachable?: Readonly<Record<string, string>>;
  readonly accepted: number;
  /** Milliseconds from the last accepted call to the end of the window. */
  readonly left?: number;
};

/** What the probe says of each Traffic Manager, when so many calls were accepted and so many decisions told. */
const judge = async ({ told, unreachable = {}, accepted, left = 30_000 }: Situation) => {
  const decisions = new DecisionLog();
  const values = { throttleKey: KEY, isThrottled: true, expiryTimeStamp: END };
  for (const [node, count] of Object.entries(told))
    for (let index = 0; index < count; index += 1)
      decisions.add(node, { at: END - 30_000, topic: 'throttleData', values });
  const nodes = [...Object.keys(told), ...Object.keys(unreachable)];
  const recorder = new HopRecorder();
  await checkCounting({
    recorder,
    managers: { nodes, heard: Object.keys(told), unreachable: new Map(Object.entries(unreachable)), decisions },
    gateway,
    spent: { accepted, beganAt: END - 31_000, spentAt: END - 30_000, endedAt: END - left, refused: undefined },
    first: decisions.all(() => true)[0],
    patience: { second: 1, last: 1 },
  });
  return recorder.hops.map(({ to, verdict, detail }) => `${to} ${verdict}: ${detail}`);
};

describe('what Traffic Managers have counted of the calls of a gateway', () => {
  it('is all of them, where every call from the last of the quota on makes a decision', async () => {
    expect(await judge({ told: { 'tm-1': 3, 'tm-2': 3 }, accepted: 12 })).toEqual([
      `tm-1 pass: decides 0 ms after call 10: ${KEY} until 2020-09-13T12:27:00.000Z`,
      `tm-2 pass: decides 0 ms after call 10: ${KEY} until 2020-09-13T12:27:00.000Z`,
    ]);
  });

  it('may be all at one and nothing at the other, which is fail-over', async () => {
    expect((await judge({ told: { 'tm-1': 3, 'tm-2': 0 }, accepted: 12 }))[1]).toBe(
      'tm-2 pass: counts nothing of gw-1: tm-1 counts all of it',
    );
  });

  it('is not enough where it is shared out: each would let the whole quota pass', async () => {
    expect(await judge({ told: { 'tm-1': 1, 'tm-2': 0 }, accepted: 19 })).toEqual([
      'tm-1 fail: counts 10 of 19 calls at gw-1: the rest goes elsewhere, and the quota holds for each alone',
      'tm-2 pass: counts fewer than 10 calls',
    ]);
  });

  it('is not compared with calls that went on into the next window', async () => {
    expect((await judge({ told: { 'tm-1': 1 }, accepted: 19, left: 100 }))[0]).toMatch(/^tm-1 pass: decides/);
  });

  it('is nothing where none is told, and says why, where that is known', async () => {
    expect(await judge({ told: { 'tm-1': 0 }, unreachable: { 'tm-2': 'tm-2 is paused' }, accepted: 500 })).toEqual([
      'tm-1 fail: gw-1 -> tm-1 on 9611: no event counted: no decision within the time of 500 calls',
      'tm-2 fail: gw-1 -> tm-2 on 9611: no event counted: tm-2 is paused',
    ]);
  });
});
