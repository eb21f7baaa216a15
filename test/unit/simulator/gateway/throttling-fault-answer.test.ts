import { describe, expect, it } from 'vitest';
import { throttlingFaultAnswer } from '../../../../compose/wso2am/server/gateway/throttling-fault-answer.ts';

/** 2020-09-13 12:27:00 UTC. */
const UNTIL = 1_600_000_020_000;

describe('the answer to a caller over a quota', () => {
  it('is XML, and says when to come again', () => {
    expect(throttlingFaultAnswer('subscription', UNTIL, {})).toEqual({
      status: 429,
      headers: { 'Content-Type': 'application/xml; charset=UTF-8', 'Retry-After': 'Sun, 13 Sep 2020 12:27:00 GMT' },
      body: '<amt:fault xmlns:amt="http://wso2.org/apimanager/throttling"><amt:code>900804</amt:code><amt:message>Message throttled out</amt:message><amt:description>You have exceeded your quota</amt:description><amt:nextAccessTime>2020-Sep-13 12:27:00+0000 UTC</amt:nextAccessTime></amt:fault>',
    });
  });

  it.each([{ accept: 'application/json' }, { 'content-type': 'application/json; charset=utf-8' }])(
    'is JSON for %j',
    (headers) => {
      const { headers: answered, body } = throttlingFaultAnswer('application', UNTIL, headers);

      expect(answered).toMatchObject({ 'Content-Type': 'application/json; charset=UTF-8' });
      expect(JSON.parse(String(body))).toMatchObject({
        fault: { code: 900803, nextAccessTime: '2020-Sep-13 12:27:00+0000 UTC' },
      });
    },
  );

  it.each(['text/xml', 'application/soap+xml'])('is a SOAP fault for %s', (type) => {
    const { status, headers, body } = throttlingFaultAnswer('burst', UNTIL, { 'content-type': type });

    expect(status).toBe(429);
    expect(headers).toMatchObject({ 'Content-Type': `${type}; charset=UTF-8`, 'Retry-After': expect.any(String) });
    expect(body).toMatch(/<soapenv:Fault>.*>Message throttled out</);
  });

  it('names no time for a caller who is blocked', () => {
    const { status, headers, body } = throttlingFaultAnswer('blocked', undefined, {});

    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('Retry-After');
    expect(body).not.toContain('nextAccessTime');
  });
});
