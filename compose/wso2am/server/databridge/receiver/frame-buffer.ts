import { MalformedMessage } from '../malformed-message.ts';
import { type Frame, REQUEST_HEADER } from '../requests.ts';

/** Collects what arrives on one connection until a frame is complete. Holds at most twice of what has arrived. */
export type FrameBuffer = {
  /** Bytes that belong to no complete frame yet, once `next` gave undefined. */
  readonly buffered: number;
  /** Takes a chunk, which must not change any more. */
  push(chunk: Buffer): void;
  /**
   * The next complete frame. Its body is a part of what was pushed, and is not written to again.
   * @throws MalformedMessage a length that is negative or beyond the limit, as soon as it is announced
   */
  next(): Frame | undefined;
};

const NOTHING = Buffer.alloc(0);

/** @param limit bytes of a body */
export const createFrameBuffer = (limit: number): FrameBuffer => {
  let store: Buffer = NOTHING;
  let start = 0;
  let end = 0;

  const makeRoom = (length: number): void => {
    if (store.length - end >= length) return;
    const held = end - start;
    // Doubling, and a copy of every chunk: many tiny chunks must cost neither time nor memory beyond their bytes.
    const grown = Buffer.allocUnsafeSlow(Math.max(held + length, 2 * held));
    store.copy(grown, 0, start, end);
    [store, start, end] = [grown, 0, held];
  };

  return {
    get buffered() {
      return end - start;
    },
    push: (chunk) => {
      // Most chunks are whole frames.
      if (start === end) {
        [store, start, end] = [chunk, 0, chunk.length];
        return;
      }
      makeRoom(chunk.length);
      end += chunk.copy(store, end);
    },
    next: () => {
      if (end - start < REQUEST_HEADER) return undefined;
      const length = store.readInt32BE(start + 1);
      if (length < 0 || length > limit)
        throw new MalformedMessage(`A frame of ${length} bytes is announced; at most ${limit} are taken`);
      const bodyStart = start + REQUEST_HEADER;
      if (end - bodyStart < length) return undefined;
      const frame = { type: store.readUInt8(start), body: store.subarray(bodyStart, bodyStart + length) };
      start = bodyStart + length;
      if (start === end) [store, start, end] = [NOTHING, 0, 0];
      return frame;
    },
  };
};
