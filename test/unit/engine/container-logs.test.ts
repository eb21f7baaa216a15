import { describe, expect, it } from 'vitest';
import { unframe } from '../../../lab/engine/container-logs.ts';

const frame = (stream: number, text: string): Buffer => {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
};

describe('multiplexed log output', () => {
  it('reads as text, both streams in order', () => {
    expect(unframe(Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n'), frame(1, 'ä\n')]))).toBe('out\nerr\nä\n');
  });

  it('stands thousands of tiny frames', () => {
    expect(unframe(Buffer.concat(Array.from({ length: 20_000 }, () => frame(1, 'x'))))).toHaveLength(20_000);
  });

  it('loses nothing but the cut frame when it ends in the middle of one', () => {
    expect(unframe(Buffer.concat([frame(1, 'whole\n'), frame(1, 'cut').subarray(0, 6)]))).toBe('whole\n');
  });
});
