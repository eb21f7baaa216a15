import { describe, expect, it } from 'vitest';
import { readTable, writeTable } from '../../../../../compose/wso2am/server/broker/wire/field-table.ts';
import { ByteReader } from '../../../../../lab/product/amqp/byte-reader.ts';
import { ByteWriter } from '../../../../../lab/product/amqp/byte-writer.ts';
import { Malformed } from '../../../../../lab/product/amqp/malformed.ts';

/** Reads a table with the one entry `k` of these bytes: type letter, then the value in hex. */
const readBack = (letter: string, hex: string): unknown => {
  const entry = Buffer.concat([Buffer.from(`\x01k${letter}`), Buffer.from(hex, 'hex')]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(entry.length);
  return readTable(new ByteReader(Buffer.concat([size, entry]))).get('k');
};

describe('field tables', () => {
  it.each([
    ['S', '00000002c3a4', 'ä'],
    ['c', '0000000161', 'a'],
    ['C', '0000000161', 'a'],
    ['x', '00000002ff00', Buffer.from([0xff, 0])],
    ['t', '01', true],
    ['k', '41', 'A'],
    ['b', 'ff', -1],
    ['B', 'ff', 255],
    ['s', 'fffe', -2],
    ['u', 'fffe', 65_534],
    ['I', 'fffffffd', -3],
    ['i', 'fffffffd', 4_294_967_293],
    ['l', 'fffffffffffffffc', -4n],
    ['T', '000000005f5e1000', 1_600_000_000n],
    ['f', '3fc00000', 1.5],
    ['d', '3ff8000000000000', 1.5],
    ['D', '0200000096', 1.5],
    ['V', '', null],
    ['A', '000000037401' + '56', [true, null]],
    ['F', '00000004' + '016e' + '7401', new Map([['n', true]])],
  ])('understand the type letter %s', (letter, hex, value) => {
    expect(readBack(letter, hex)).toEqual(value);
  });

  it.each([
    ['a letter of no type', 'Z', ''],
    ['a value that is cut off', 'I', '0000'],
    ['a text longer than the table', 'S', '7fffffff61'],
  ])('refuse %s', (_what, letter, hex) => {
    expect(() => readBack(letter, hex)).toThrow(Malformed);
  });

  it('come back as they were written', () => {
    const table = new Map<string, string | number | boolean | bigint | null | Buffer | Map<string, number>>([
      ['text', 'ä'],
      ['whole', -7],
      ['fraction', 0.5],
      ['long', 1n << 60n],
      ['flag', false],
      ['nothing', null],
      ['bytes', Buffer.from([1, 2])],
      ['table', new Map([['n', 1]])],
    ]);
    const writer = new ByteWriter();
    writeTable(writer, table);
    expect(readTable(new ByteReader(writer.written))).toEqual(table);
  });
});
