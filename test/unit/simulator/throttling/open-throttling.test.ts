import { expect, it } from 'vitest';
import type { StreamDefinition, StreamEvent } from '../../../../compose/wso2am/server/databridge/stream-definition.ts';
import {
  BLOCKING_3_0,
  KEY_TEMPLATE,
  REVOCATION_3_0,
  THROTTLE_REQUEST,
} from '../../../../compose/wso2am/server/databridge/streams.ts';
import { openThrottling } from '../../../../compose/wso2am/server/throttling/open-throttling.ts';
import { type MapMessage, plainValues } from '../../../../lab/product/map-message/map-message.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { manualTimers } from './manual-timers.ts';
import { sampleEvent } from './sample-events.ts';

const start = async () => {
  const messages: (readonly [topic: string, message: MapMessage])[] = [];
  const timers = manualTimers();
  const quiet = (): void => undefined;
  const throttling = await openThrottling({
    home: temporaryHome(),
    log: () => ({ debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet }),
    publish: (...message) => messages.push(message),
    onNotSimulated: quiet,
    timers,
  });
  return { throttling, messages, timers };
};

const eventOf = (stream: StreamDefinition, payload: StreamEvent['payload']): StreamEvent => ({
  stream,
  timestamp: 0,
  meta: {},
  correlation: {},
  payload,
  arbitrary: new Map(),
});

const request = eventOf(THROTTLE_REQUEST, sampleEvent({ appTier: '10PerMin' }));

it('counts the events of a fresh node by the default plans, and publishes decisions as map messages', async () => {
  const { throttling, messages } = await start();
  for (let sent = 0; sent < 10; sent += 1) throttling.receive(request);

  expect(messages.map(([topic, message]) => [topic, plainValues(message)])).toEqual([
    ['throttleData', { throttleKey: '7:admin@carbon.super', isThrottled: true, expiryTimeStamp: 60_000 }],
  ]);
});

it('passes blocking conditions and key templates on, and leaves other streams alone', async () => {
  const { throttling, messages } = await start();
  const blocking = { blockingCondition: 'API', conditionValue: '/a/1', state: 'true', tenantDomain: 'carbon.super' };
  const template = { keyTemplateValue: '$userId', keyTemplateState: 'add' };

  expect(throttling.receive(eventOf(BLOCKING_3_0, blocking))).toBe(true);
  expect(throttling.receive(eventOf(KEY_TEMPLATE, template))).toBe(true);
  expect(throttling.receive(eventOf(REVOCATION_3_0, { revokedToken: 'x', ttl: '1', expiryTime: 0n }))).toBe(false);
  expect(messages.map(([topic, message]) => [topic, plainValues(message)])).toEqual([
    ['throttleData', blocking],
    ['throttleData', template],
  ]);
});

it('leaves no timer behind when it is closed', async () => {
  const { throttling, timers } = await start();
  throttling.receive(request);
  expect(timers.pending).toBeGreaterThan(1);

  throttling.close();
  expect(timers.pending).toBe(0);
});
