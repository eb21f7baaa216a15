/** Numbers in [0, 1) that are the same for the same seed (mulberry32), so that a failure can be run again. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Values at which lengths go wrong. */
const INTERESTING = [0, 1, -1, 4, 5, 0x7f, 0x80, 0xffff, 0x7fffffff, -0x80000000] as const;

/** Bytes that were a message once: damaged in one to four places. */
export const mutate = (bytes: Buffer, random: () => number): Buffer => {
  const below = (limit: number): number => Math.floor(random() * limit);
  const damage = (whole: Buffer): Buffer => {
    const at = below(whole.length);
    const copy = Buffer.from(whole);
    switch (below(6)) {
      case 0:
        return whole.subarray(0, at);
      case 1:
        return Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1 + below(8))]);
      case 2:
        return Buffer.concat([whole.subarray(0, at), whole.subarray(below(whole.length))]);
      case 3:
        if (at + 4 <= copy.length) copy.writeInt32BE(INTERESTING[below(INTERESTING.length)] ?? 0, at);
        return copy;
      case 4:
        return Buffer.from(Array.from({ length: below(64) }, () => below(256)));
      default:
        if (copy.length > 0) copy.writeUInt8(below(256), at);
        return copy;
    }
  };
  return Array.from({ length: 1 + below(4) }).reduce<Buffer>((damaged) => damage(damaged), bytes);
};
