import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EXCEPTION, encodeAnswer, OK } from '../../../../compose/wso2am/server/databridge/answers.ts';
import { encodeEvent } from '../../../../compose/wso2am/server/databridge/encode-event.ts';
import { encodeLogin, encodeLogout, encodePublish } from '../../../../compose/wso2am/server/databridge/requests.ts';
import { THROTTLE_EVENT } from './sample-events.ts';

const SESSION = 'c1f4f2b8-8f3b-4a55-9b1c-1b0f7e1d2a33';
const SESSION_HEX = Buffer.from(SESSION).toString('hex');

const hex = (text: string): string => text.replaceAll(' ', '');

describe('the byte vectors of wire.md 12', () => {
  it('hold for a log-in', () => {
    expect(encodeLogin('admin', 'admin').toString('hex')).toBe(
      hex('00 00000012 00000005 00000005 61646d696e 61646d696e'),
    );
  });

  it('hold for a log-out', () => {
    expect(encodeLogout(SESSION).toString('hex')).toBe(hex('01 00000028 00000024') + SESSION_HEX);
  });

  it('hold for the answers', () => {
    expect(encodeAnswer(OK).toString('hex')).toBe('00');
    expect(encodeAnswer({ kind: 'session', sessionId: SESSION }).toString('hex')).toBe(
      hex('02 00000024') + SESSION_HEX,
    );
    const className = EXCEPTION.sessionTimeout;
    const message = `${SESSION} expired`;
    expect(encodeAnswer({ kind: 'error', className, message })).toEqual(
      Buffer.concat([Buffer.from(hex('01 00000044 0000002c'), 'hex'), Buffer.from(className + message)]),
    );
  });

  it('hold for the publishing of a throttle event', () => {
    const frame = encodePublish(SESSION, [encodeEvent(THROTTLE_EVENT)]);

    const start = [
      `02 000001b5 00000024 ${SESSION_HEX} 00000001 00000185 00000174876e8000`,
      '00000026 6f72672e77736f322e7468726f74746c652e726571756573742e73747265616d3a312e302e30',
      '0000002d 75726e3a757569643a31',
    ];
    expect(frame.toString('hex').startsWith(hex(start.join('')))).toBe(true);
    expect(frame).toHaveLength(442);
    expect(createHash('sha256').update(frame).digest('hex')).toBe(
      'f9f2545bc963a5f70ac8d024c8d7e5e29e6d73a1b9a0293e384edd9bb306beea',
    );
  });
});
