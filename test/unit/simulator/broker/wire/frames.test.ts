import { describe, expect, it } from 'vitest';
import { contentFrames } from '../../../../../compose/wso2am/server/broker/wire/content.ts';
import { encodeFrames, FRAME, takeFrames } from '../../../../../compose/wso2am/server/broker/wire/frames.ts';

describe('frames', () => {
  it('are taken whole, however the bytes arrive', () => {
    const frames = [1, 5, 0].map((size, channel) => ({ type: FRAME.body, channel, payload: Buffer.alloc(size, 0xce) }));
    const bytes = encodeFrames(frames);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const first = takeFrames(bytes.subarray(0, cut), 100);
      const second = takeFrames(Buffer.concat([first.rest, bytes.subarray(cut)]), 100);
      expect([...first.frames, ...second.frames], `cut at ${cut}`).toEqual(frames);
    }
  });

  it('have the bytes of the specification', () => {
    expect(encodeFrames([{ type: 1, channel: 2, payload: Buffer.from('abc') }]).toString('hex')).toBe(
      '01000200000003616263ce',
    );
  });

  it.each([
    [0, []],
    [1, [1]],
    [92, [92]],
    [93, [92, 1]],
    [200, [92, 92, 16]],
  ])('split a body of %i bytes so that none is longer than the frame size', (size, pieces) => {
    const content = { properties: Buffer.alloc(2), body: Buffer.alloc(size) };
    const frames = contentFrames(1, Buffer.alloc(4), content, 100);

    expect(frames.slice(2).map(({ payload }) => payload.length)).toEqual(pieces);
    for (const frame of frames) expect(encodeFrames([frame]).length).toBeLessThanOrEqual(100);
  });
});
