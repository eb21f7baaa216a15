import { expect, it } from 'vitest';
import type { MapEntry } from '../../../../compose/wso2am/server/throttling/decision.ts';
import { openThrottling } from '../../../../compose/wso2am/server/throttling/open-throttling.ts';
import { REQUEST_ATTRIBUTES, STREAMS } from '../../../../compose/wso2am/server/throttling/streams.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { manualTimers } from './manual-timers.ts';
import { sampleRow } from './sample-events.ts';

const start = async () => {
  const messages: (readonly MapEntry[])[] = [];
  const timers = manualTimers();
  const quiet = (): void => undefined;
  const throttling = await openThrottling({
    version: '3.0.0',
    home: temporaryHome(),
    log: () => ({ debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet }),
    publish: (entries) => messages.push(entries),
    onNotSimulated: quiet,
    timers,
  });
  return { throttling, messages, timers };
};

const payload = REQUEST_ATTRIBUTES.map((name) => sampleRow({ appTier: '10PerMin' })[name]);

it('counts the events of a fresh node by the default plans, and publishes decisions as map messages', async () => {
  const { throttling, messages } = await start();
  for (let sent = 0; sent < 10; sent += 1) throttling.receive(STREAMS.request, payload);

  expect(messages).toEqual([
    [
      { name: 'expiryTimeStamp', type: 'long', value: 60_000 },
      { name: 'isThrottled', type: 'boolean', value: true },
      { name: 'throttleKey', type: 'string', value: '7:admin@carbon.super' },
    ],
  ]);
});

it('passes blocking conditions and key templates on, and leaves other streams alone', async () => {
  const { throttling, messages } = await start();

  expect(throttling.receive(STREAMS.blocking, ['API', '/pizzashack/1.0.0', 'true', 'carbon.super'])).toBe(true);
  expect(throttling.receive(STREAMS.keyTemplate, ['$userId', 'add'])).toBe(true);
  expect(throttling.receive('org.wso2.apimgt.token.revocation.stream:1.0.0', [])).toBe(false);
  expect(messages.map((entries) => entries.map(({ name }) => name))).toEqual([
    ['blockingCondition', 'conditionValue', 'state', 'tenantDomain'],
    ['keyTemplateState', 'keyTemplateValue'],
  ]);
});

it('refuses a request event of another form', async () => {
  const { throttling } = await start();

  expect(() => throttling.receive(STREAMS.request, ['x'])).toThrow(TypeError);
});

it('leaves no timer behind when it is closed', async () => {
  const { throttling, timers } = await start();
  throttling.receive(STREAMS.request, payload);
  expect(timers.pending).toBeGreaterThan(1);

  throttling.close();
  expect(timers.pending).toBe(0);
});
