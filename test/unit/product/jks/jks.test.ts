import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readJks } from '../../../../lab/product/jks/read.ts';
import { writeJks } from '../../../../lab/product/jks/write.ts';
import { fault } from './fault.ts';
import { keyEntry, trustedEntry } from './sample-entries.ts';

const PASSWORD = 'store-secret';

describe('a JKS file', () => {
  it('reads back to the entries it was written from', () => {
    const entries = [keyEntry('wso2carbon'), trustedEntry('km-1'), trustedEntry('zażółć-\u0000-𝄞')];
    expect(readJks(writeJks(entries, PASSWORD), PASSWORD)).toEqual(entries);
  });

  it('may be empty', () => {
    expect(readJks(writeJks([], PASSWORD), PASSWORD)).toEqual([]);
  });

  it('has the same bytes for the same entries', () => {
    const entries = [keyEntry('wso2carbon'), trustedEntry('km-1')];
    expect(writeJks(entries, PASSWORD)).toEqual(writeJks(entries, PASSWORD));
  });

  it('holds aliases in lower case, as Java looks for them', () => {
    const [entry] = readJks(writeJks([trustedEntry('Gateway_Alias')], PASSWORD), PASSWORD);
    expect(entry?.alias).toBe('gateway_alias');
  });

  it('cannot hold two entries with one alias, whatever their case', () => {
    expect(fault(() => writeJks([trustedEntry('km-1'), trustedEntry('KM-1')], PASSWORD))).toBe('duplicate-alias');
  });

  it('is also read in its first version, which leaves out the type of certificates', () => {
    const content = Buffer.concat([
      Buffer.from('feedfeed 00000001 00000001'.replaceAll(' ', ''), 'hex'),
      Buffer.from('00000002 0004'.replaceAll(' ', ''), 'hex'),
      Buffer.from('km-1'),
      Buffer.from('0000000000000000 00000007'.replaceAll(' ', ''), 'hex'),
      Buffer.from('trusted'),
    ]);
    const digest = createHash('sha1').update('\0p\0w').update('Mighty Aphrodite').update(content).digest();
    expect(readJks(Buffer.concat([content, digest]), 'pw')).toEqual([{ ...trustedEntry('km-1'), date: new Date(0) }]);
  });
});

describe('a file that cannot be read', () => {
  const file = writeJks([keyEntry('wso2carbon'), trustedEntry('km-1')], PASSWORD);
  const faultOf = (bytes: Buffer, password = PASSWORD) => fault(() => readJks(bytes, password));
  const changed = (offset: number, byte: number) => {
    const copy = Buffer.from(file);
    copy[offset] = byte;
    return copy;
  };

  it('is told apart by its type', () => {
    expect(faultOf(Buffer.from('-----BEGIN CERTIFICATE-----'))).toBe('not-a-jks');
    expect(faultOf(Buffer.alloc(0))).toBe('not-a-jks');
    expect(faultOf(Buffer.from('cececece0000000200000000', 'hex'))).toBe('jceks');
    expect(faultOf(Buffer.from('308209f5020103', 'hex'))).toBe('pkcs12');
  });

  it('is damaged wherever it is cut off', () => {
    for (let length = 4; length < file.length; length += 1) {
      expect(faultOf(file.subarray(0, length)), `after ${length} bytes`).toBe('damaged');
    }
  });

  it('is damaged when it has a version, an entry or a count that does not exist', () => {
    const [version, count, tag] = [7, 8, 15];
    expect(faultOf(changed(version, 3))).toBe('damaged');
    expect(faultOf(changed(count, 0xff))).toBe('damaged');
    expect(faultOf(changed(tag, 3))).toBe('damaged');
  });

  it('may just have been given the wrong password', () => {
    expect(faultOf(file, 'wso2carbon')).toBe('wrong-store-password');
  });

  it('was altered when a single byte of a certificate differs', () => {
    expect(faultOf(changed(file.indexOf('trusted'), 0x54))).toBe('wrong-store-password');
  });
});
