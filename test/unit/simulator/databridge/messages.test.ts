import { describe, expect, it } from 'vitest';
import { type Answer, decodeAnswer, encodeAnswer } from '../../../../compose/wso2am/server/databridge/answers.ts';
import { MalformedMessage } from '../../../../compose/wso2am/server/databridge/malformed-message.ts';
import { createFrameBuffer } from '../../../../compose/wso2am/server/databridge/receiver/frame-buffer.ts';
import {
  decodeRequest,
  encodeLogin,
  encodeLogout,
  type Frame,
} from '../../../../compose/wso2am/server/databridge/requests.ts';

const ANSWERS: readonly Answer[] = [
  { kind: 'ok' },
  { kind: 'session', sessionId: 'c1f4f2b8' },
  { kind: 'error', className: 'a.B', message: 'über' },
];

describe('answers', () => {
  it.each(ANSWERS)('come back, whatever follows: $kind', (answer) => {
    const bytes = encodeAnswer(answer);

    expect(decodeAnswer(Buffer.concat([bytes, Buffer.from('rest')]))).toEqual({ answer, size: bytes.length });
  });

  it.each(ANSWERS)('are waited for until they are complete: $kind', (answer) => {
    const bytes = encodeAnswer(answer);

    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeAnswer(bytes.subarray(0, length)), `${length} bytes`).toBeUndefined();
  });

  it.each(['03', '02ffffffff', '017fffffff00000001', '0200010001'])('that are none are malformed: %s', (bytes) => {
    expect(() => decodeAnswer(Buffer.from(bytes, 'hex'))).toThrow(MalformedMessage);
  });
});

describe('requests', () => {
  it('carry names and passwords beyond ASCII', () => {
    const body = encodeLogin('jürgen', 'pässwörd').subarray(5);

    expect(decodeRequest({ type: 0, body })).toEqual({ kind: 'login', username: 'jürgen', password: 'pässwörd' });
  });

  it('of a type that does not exist are none', () => {
    expect(decodeRequest({ type: 9, body: Buffer.alloc(4) })).toBeUndefined();
  });

  it.each([
    ['a log-in without lengths', 0, ''],
    ['a log-in with a negative length', 0, '00000001ffffffff61'],
    ['a log-in that is longer than its body', 0, '000000050000000561'],
    ['a log-out that is longer than its body', 1, '7fffffff61'],
    ['a session id that nobody gave', 2, `00000401${'61'.repeat(0x401)}00000000`],
  ])('are malformed: %s', (_, type, body) => {
    expect(() => decodeRequest({ type, body: Buffer.from(body, 'hex') })).toThrow(MalformedMessage);
  });
});

describe('the frames of a connection', () => {
  const LIMIT = 100;

  it('are found however the bytes are cut', () => {
    const bytes = Buffer.concat([encodeLogin('admin', 'admin'), encodeLogout('one'), encodeLogout('')]);

    for (let size = 1; size <= bytes.length; size += 1) {
      const frames = createFrameBuffer(LIMIT);
      const found: Frame[] = [];
      for (let from = 0; from < bytes.length; from += size) {
        frames.push(bytes.subarray(from, from + size));
        for (let frame = frames.next(); frame; frame = frames.next()) found.push(frame);
      }
      // Looked at only now: what is pushed later must not be written over what was found.
      const texts = found.map(({ type, body }) => `${type}:${body.toString('hex')}`);
      expect(texts, `in pieces of ${size}`).toEqual([
        '0:000000050000000561646d696e61646d696e',
        '1:000000036f6e65',
        '1:00000000',
      ]);
      expect(frames.buffered).toBe(0);
    }
  });

  it.each([-1, LIMIT + 1, 0x7fffffff])(
    'are refused when %i bytes are announced, before any of them comes',
    (length) => {
      const frames = createFrameBuffer(LIMIT);
      const header = Buffer.alloc(5);
      header.writeInt32BE(length, 1);
      frames.push(header);

      expect(() => frames.next()).toThrow(MalformedMessage);
    },
  );
});
