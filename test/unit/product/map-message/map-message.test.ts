import { describe, expect, it } from 'vitest';
import { Malformed } from '../../../../lab/product/amqp/malformed.ts';
import { decodeAmqpMap, encodeAmqpMap } from '../../../../lab/product/map-message/amqp-map.ts';
import { decodeMapMessage } from '../../../../lab/product/map-message/decode-map-message.ts';
import { decodeJmsMap, encodeJmsMap } from '../../../../lab/product/map-message/jms-map.ts';
import {
  boolean,
  int,
  long,
  type MapMessage,
  type MapValue,
  mapMessage,
  plainValues,
  string,
} from '../../../../lab/product/map-message/map-message.ts';

/** The vectors of wire.md 12. */
const DECISION: MapMessage = new Map([
  ['throttleKey', string('7:/pizzashack/1.0.0:1.0.0')],
  ['isThrottled', boolean(true)],
  ['expiryTimeStamp', long(1_600_000_020_000)],
]);
const AMQP_BYTES = [
  '00000055 00000003 0b 7468726f74746c654b6579 98 00000019 373a2f70697a7a61736861636b2f312e302e303a312e302e30',
  '0b 69735468726f74746c6564 08 01 0f 65787069727954696d655374616d70 31 00000174876ece20',
]
  .join('')
  .replaceAll(' ', '');
const JMS_BYTES = [
  '00000003 7468726f74746c654b657900 0a 373a2f70697a7a61736861636b2f312e302e303a312e302e3000',
  '69735468726f74746c656400 01 01 65787069727954696d655374616d7000 07 00000174876ece20',
]
  .join('')
  .replaceAll(' ', '');

const EVERY_TYPE = mapMessage({
  aString: string('ä'),
  aChar: { type: 'char', value: 'A' },
  aBoolean: boolean(false),
  aByte: { type: 'byte', value: -1 },
  aShort: { type: 'short', value: -300 },
  anInt: int(-70_000),
  aLong: long(-(1n << 62n)),
  aFloat: { type: 'float', value: 0.5 },
  aDouble: { type: 'double', value: -0.25 },
  someBytes: { type: 'bytes', value: Buffer.from([1, 0, 2]) },
  nothing: { type: 'null', value: null },
});

describe('the map encoding amqp/map', () => {
  it('has the bytes of the reference, both ways', () => {
    expect(encodeAmqpMap(DECISION).toString('hex')).toBe(AMQP_BYTES);
    expect(decodeAmqpMap(Buffer.from(AMQP_BYTES, 'hex'))).toEqual(DECISION);
    expect(AMQP_BYTES).toHaveLength(2 * 89);
  });

  it('keeps every type, and maps within maps', () => {
    const nested = new Map<string, MapValue>([...EVERY_TYPE, ['aMap', { type: 'map', value: EVERY_TYPE }]]);
    expect(decodeAmqpMap(encodeAmqpMap(nested))).toEqual(nested);
  });

  it.each([
    ['02ff', { type: 'short', value: 255 }],
    ['12ffff', { type: 'int', value: 65_535 }],
    ['22ffffffff', long(4_294_967_295)],
    ['32ffffffffffffffff', long((1n << 64n) - 1n)],
    ['380000000000000001', long(1)],
    ['850161', string('a')],
    ['95000161', string('a')],
    ['80017f', { type: 'bytes', value: Buffer.from([0x7f]) }],
    ['9000017f', { type: 'bytes', value: Buffer.from([0x7f]) }],
  ])('reads a value of the bytes %s too', (hex, value) => {
    const entry = Buffer.from(`00000001016b${hex}`, 'hex');
    const size = Buffer.from([0, 0, 0, entry.length]);
    expect(decodeAmqpMap(Buffer.concat([size, entry])).get('k')).toEqual(value);
  });

  it('reads the empty map in both its forms', () => {
    expect(decodeAmqpMap(Buffer.from('00000000', 'hex')).size).toBe(0);
    expect(decodeAmqpMap(encodeAmqpMap(new Map())).size).toBe(0);
  });

  it.each([
    ['a size beyond its end', '000000ff00000001'],
    ['a count beyond its end', '00000004ffffffff'],
    ['a type of its own', '0000000700000001016baa'],
  ])('refuses %s', (_what, hex) => {
    expect(() => decodeAmqpMap(Buffer.from(hex, 'hex'))).toThrow(Malformed);
  });

  it('refuses maps too deep within maps', () => {
    let message: MapMessage = new Map();
    for (let depth = 0; depth < 20; depth += 1) message = new Map([['m', { type: 'map', value: message }]]);
    expect(() => decodeAmqpMap(encodeAmqpMap(message))).toThrow(Malformed);
  });
});

describe('the map encoding jms/map-message', () => {
  it('has the bytes of the reference, both ways', () => {
    expect(encodeJmsMap(DECISION).toString('hex')).toBe(JMS_BYTES);
    expect(decodeJmsMap(Buffer.from(JMS_BYTES, 'hex'))).toEqual(DECISION);
    expect(JMS_BYTES).toHaveLength(2 * 82);
  });

  it('keeps every type', () => {
    expect(decodeJmsMap(encodeJmsMap(EVERY_TYPE))).toEqual(EVERY_TYPE);
  });

  it('reads bytes of length -1 as null', () => {
    expect(decodeJmsMap(Buffer.from('000000016b0003ffffffff', 'hex')).get('k')).toEqual({ type: 'null', value: null });
  });

  it('has no maps within maps', () => {
    expect(() => encodeJmsMap(new Map([['m', { type: 'map', value: new Map() }]]))).toThrow(RangeError);
  });
});

describe('a MapMessage', () => {
  it('is told by its content type', () => {
    expect(decodeMapMessage('amqp/map', Buffer.from(AMQP_BYTES, 'hex'))).toEqual(DECISION);
    expect(decodeMapMessage('jms/map-message', Buffer.from(JMS_BYTES, 'hex'))).toEqual(DECISION);
    expect(() => decodeMapMessage('text/plain', Buffer.from('hello'))).toThrow(Malformed);
    expect(() => decodeMapMessage(undefined, Buffer.alloc(0))).toThrow(Malformed);
  });

  it('has its entries sorted by name, as the adapter of the Traffic Manager writes them', () => {
    const message = mapMessage({ throttleKey: string('k'), isThrottled: boolean(true), expiryTimeStamp: long(1) });
    expect([...message.keys()]).toEqual(['expiryTimeStamp', 'isThrottled', 'throttleKey']);
  });

  it('can be shown', () => {
    expect(plainValues(DECISION)).toEqual({
      throttleKey: '7:/pizzashack/1.0.0:1.0.0',
      isThrottled: true,
      expiryTimeStamp: 1_600_000_020_000,
    });
  });
});
