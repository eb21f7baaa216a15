import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../../compose/wso2am/server/throttling/create-engine.ts';
import { compilePlan } from '../../../../compose/wso2am/server/throttling/siddhi/compile-plan.ts';
import { engineWith, requests, subscriptionPolicy } from './engine-under-test.ts';
import { manualTimers } from './manual-timers.ts';
import { sampleEvent } from './sample-events.ts';

const MINUTE = 60_000;
/** 12 s into the minute that ends at 1 600 000 020 s: 2020-09-13 12:26:32. */
const BEGIN = 1_599_999_992_000;
const END = 1_600_000_020_000;
const KEY = '7:/pizzashack/1.0.0:1.0.0';

const gold = sampleEvent({ subscriptionTier: 'Gold' });
const goldEngine = (count: number, timers = manualTimers(BEGIN)) =>
  engineWith([subscriptionPolicy('Gold', requests(count))], timers);

describe('the throttling engine', () => {
  it('throttles a key with its N-th accepted request, until the end of the epoch-aligned minute', () => {
    const { engine, decisions } = goldEngine(3);
    engine.accept(gold);
    engine.accept(gold);
    expect(decisions).toEqual([]);

    engine.accept(gold);
    expect(decisions).toEqual([{ throttleKey: KEY, isThrottled: true, expiryTimeStamp: END }]);
  });

  it('says so again with every further request that slipped through', () => {
    const { engine, decisions } = goldEngine(2);
    for (let sent = 0; sent < 5; sent += 1) engine.accept(gold);

    expect(decisions.map(({ isThrottled }) => isThrottled)).toEqual([true, true, true, true]);
  });

  it('releases a throttled key once, at the end of the window, with the time of that end', () => {
    const { engine, timers, decisions } = goldEngine(1);
    engine.accept(gold);
    timers.advanceTo(END - 1);
    expect(decisions).toHaveLength(1);

    timers.advanceTo(END + 10 * MINUTE);
    expect(decisions.slice(1)).toEqual([{ throttleKey: KEY, isThrottled: false, expiryTimeStamp: END }]);
  });

  it('counts from zero in the next window', () => {
    const { engine, timers, decisions } = goldEngine(2);
    engine.accept(gold);
    timers.advanceTo(END);
    engine.accept(gold);
    expect(decisions).toEqual([]);

    engine.accept(gold);
    expect(decisions).toEqual([{ throttleKey: KEY, isThrottled: true, expiryTimeStamp: END + MINUTE }]);
  });

  it('ends a window with the event that comes too late for it, should the timer be late too', () => {
    let now = BEGIN;
    const { engine, decisions } = engineWith([subscriptionPolicy('Gold', requests(1))], {
      ...manualTimers(),
      now: () => now,
    });
    engine.accept(gold);
    now = END + 1;
    engine.accept(gold);

    expect(decisions.map(({ isThrottled, expiryTimeStamp }) => [isThrottled, expiryTimeStamp])).toEqual([
      [true, END],
      [false, END],
      [true, END + MINUTE],
    ]);
  });

  it('drops the keys of a window that is over, and sets no timer while nothing comes', () => {
    const { engine, timers } = goldEngine(1_000);
    for (let app = 0; app < 100; app += 1) {
      engine.accept(sampleEvent({ subscriptionTier: 'Gold', subscriptionKey: `${app}:/a/1:1` }));
    }
    expect([engine.keys, timers.pending]).toEqual([100, 1]);

    timers.advanceTo(END);
    expect([engine.keys, timers.pending]).toEqual([0, 0]);
  });

  it('counts each key for itself, and only events of the tier and the tenant', () => {
    const { engine, decisions } = goldEngine(2);
    engine.accept(gold);
    engine.accept(sampleEvent({ subscriptionTier: 'Gold', subscriptionKey: '8:/pizzashack/1.0.0:1.0.0' }));
    engine.accept(sampleEvent({ subscriptionTier: 'Silver' }));
    engine.accept(sampleEvent({ subscriptionTier: 'Gold', apiTenant: 'other.org' }));

    expect(decisions).toEqual([]);
  });

  it.each([
    ['hour', 2, 7_200_000],
    ['day', 1, 86_400_000],
    ['month', 1, 2_630_000_000],
    ['year', 1, 31_556_900_000],
  ] as const)('aligns windows of a %s to multiples of their length since the epoch', (timeUnit, unitTime, length) => {
    const timers = manualTimers(BEGIN);
    const { engine, decisions } = engineWith([subscriptionPolicy('Gold', requests(1, timeUnit, unitTime))], timers);
    engine.accept(gold);

    const expiry = decisions[0]?.expiryTimeStamp ?? 0;
    expect(expiry % length).toBe(0);
    expect(expiry - BEGIN).toBeGreaterThan(0);
    expect(expiry - BEGIN).toBeLessThanOrEqual(length);
  });

  it('adds up bytes for a policy by bandwidth', () => {
    const { engine, decisions } = engineWith([
      subscriptionPolicy('Gold', {
        type: 'bandwidthVolume',
        dataAmount: 2,
        dataUnit: 'KB',
        unitTime: 1,
        timeUnit: 'min',
      }),
    ]);
    const sized = (messageSize: number) =>
      sampleEvent({ subscriptionTier: 'Gold', properties: JSON.stringify({ ip: 1, messageSize }) });
    engine.accept(sized(2_047));
    engine.accept(gold);
    expect(decisions).toEqual([]);

    engine.accept(sized(1));
    expect(decisions).toHaveLength(1);
  });

  it('counts an event whose properties are no JSON', () => {
    const { engine, decisions } = goldEngine(1);
    engine.accept(sampleEvent({ subscriptionTier: 'Gold', properties: '{' }));

    expect(decisions).toHaveLength(1);
  });

  it('has forgotten its counts after a restart', () => {
    const policy = subscriptionPolicy('Gold', requests(2));
    const first = engineWith([policy]);
    first.engine.accept(gold);
    const second = engineWith([policy]);
    second.engine.accept(gold);

    expect(second.decisions).toEqual([]);
  });

  it('says nothing more of a plan that is gone', () => {
    const { engine, timers, decisions } = goldEngine(1);
    engine.accept(gold);
    engine.undeploy('carbon.super_sub_Gold');
    engine.accept(gold);
    timers.advanceTo(END);

    expect(decisions).toHaveLength(1);
    expect(timers.pending).toBe(0);
  });

  it('counts nothing without the plan that prepares the events', () => {
    const { engine, decisions } = goldEngine(1);
    engine.undeploy('pre');
    engine.accept(gold);

    expect(decisions).toEqual([]);
  });

  it('stops an event that plans would send round in a circle', () => {
    const circle = (name: string, from: string, to: string) =>
      compilePlan(`@Plan:name('${name}')
        @Import('${from}') define stream A (userId string);
        @Export('${to}') define stream B (userId string);
        from A select userId insert into B;`);
    const engine = createEngine({ timers: manualTimers(), onDecision: () => undefined });
    engine.deploy(circle('there', 'org.wso2.throttle.request.stream:1.0.0', 'x:1.0.0'));
    engine.deploy(circle('back', 'x:1.0.0', 'org.wso2.throttle.request.stream:1.0.0'));

    expect(() => engine.accept(gold)).not.toThrow();
  });
});

describe('a window without a start', () => {
  it('begins with the first event', () => {
    const query = `FROM RequestStream SELECT userId, (userId == 'admin@carbon.super') AS isEligible,
        str:concat('admin@carbon.super', '') as throttleKey INSERT INTO EligibilityStream;
      FROM EligibilityStream [isEligible==true]#throttler:timeBatch(1 min)
      SELECT throttleKey, (count(userId) >= 1) as isThrottled, expiryTimeStamp group by throttleKey
      INSERT ALL EVENTS into ResultStream;`;
    const { engine, timers, decisions } = engineWith(
      [{ level: 'global', name: 'PerUser', siddhiQuery: query }],
      manualTimers(BEGIN),
    );
    engine.accept(gold);
    timers.advanceTo(BEGIN + 2.5 * MINUTE);
    engine.accept(gold);

    expect(decisions).toEqual([
      { throttleKey: 'admin@carbon.super', isThrottled: true, expiryTimeStamp: BEGIN + MINUTE },
      { throttleKey: 'admin@carbon.super', isThrottled: false, expiryTimeStamp: BEGIN + MINUTE },
      { throttleKey: 'admin@carbon.super', isThrottled: true, expiryTimeStamp: BEGIN + 3 * MINUTE },
    ]);
  });
});
