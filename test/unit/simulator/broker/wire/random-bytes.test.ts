import { describe, expect, it } from 'vitest';
import { AmqpFault } from '../../../../../compose/wso2am/server/broker/wire/amqp-fault.ts';
import { takeFrames } from '../../../../../compose/wso2am/server/broker/wire/frames.ts';
import { decodeMethod, METHODS } from '../../../../../compose/wso2am/server/broker/wire/methods.ts';
import { decodeProperties } from '../../../../../compose/wso2am/server/broker/wire/properties.ts';
import { Malformed } from '../../../../../lab/product/amqp/malformed.ts';
import { decodeMapMessage, MAP_TYPES } from '../../../../../lab/product/map-message/decode-map-message.ts';

/** The same numbers in every run (a linear congruential generator). */
const randomNumbers =
  (seed: number) =>
  (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };

const ROUNDS = 20_000;

/** What a decoder did with random bytes, counted: it reads them, or refuses them in its own words. */
const outcomes = (decode: (bytes: Buffer) => unknown, prefix: (random: (below: number) => number) => Buffer) => {
  const random = randomNumbers(1);
  const counts = { read: 0, refused: 0, other: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const tail = Buffer.from(Array.from({ length: random(40) }, () => random(random(2) === 0 ? 4 : 256)));
    try {
      decode(Buffer.concat([prefix(random), tail]));
      counts.read += 1;
    } catch (cause) {
      counts[cause instanceof Malformed || cause instanceof AmqpFault ? 'refused' : 'other'] += 1;
    }
  }
  return counts;
};

const METHOD_IDS = Object.values(METHODS).map(({ classId, methodId }) => Buffer.from([0, classId, 0, methodId]));

describe('random bytes', () => {
  it.each([
    ['as a method', decodeMethod, (random: (below: number) => number) => METHOD_IDS[random(METHOD_IDS.length)]],
    ['as frames', (bytes: Buffer) => takeFrames(bytes, 65_535), () => Buffer.alloc(0)],
    ['as properties', decodeProperties, () => Buffer.alloc(0)],
    ['as a map', (bytes: Buffer) => decodeMapMessage(MAP_TYPES.amqp, bytes), () => Buffer.from([0, 0, 0])],
    ['as an older map', (bytes: Buffer) => decodeMapMessage(MAP_TYPES.jms, bytes), () => Buffer.from([0, 0, 0])],
  ])('%s are read or refused, and never do anything else', (_what, decode, prefix) => {
    const { read, refused, other } = outcomes(decode, (random) => prefix(random) ?? Buffer.alloc(0));

    expect(other).toBe(0);
    expect(read).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });
});
