import { describe, expect, it } from 'vitest';
import { DecisionLog } from '../../../../lab/probes/throttling/decision-log.ts';

const message = (values: Record<string, unknown>) => ({ at: 1, topic: 'throttleData' as const, values });
const decision = (throttleKey: string) => message({ throttleKey, isThrottled: true, expiryTimeStamp: 60_000 });
const of = (key: string) => (each: { throttleKey: string }) => each.throttleKey === key;

describe('what was heard of decisions', () => {
  it('holds them by who told them, and no other messages of the topic', () => {
    const log = new DecisionLog();
    log.add('tm-1', decision('a'));
    log.add('tm-2', decision('a'));
    log.add('tm-1', message({ keyTemplateValue: '$userId', keyTemplateState: 'add' }));
    expect(log.all(() => true).map(({ node }) => node)).toEqual(['tm-1', 'tm-2']);
  });

  it('can be waited for, before and after it comes', async () => {
    const log = new DecisionLog();
    const { signal } = new AbortController();
    const coming = log.first(of('b'), signal);
    log.add('tm-1', decision('a'));
    log.add('tm-1', decision('b'));
    expect(await coming).toMatchObject({ throttleKey: 'b', node: 'tm-1' });
    expect(await log.first(of('a'), signal)).toMatchObject({ throttleKey: 'a' });
  });

  it('can be waited for until there is so much of it, or no longer', async () => {
    const log = new DecisionLog();
    const limit = new AbortController();
    log.add('tm-1', decision('a'));
    const two = log.several(2, of('a'), limit.signal);
    const three = log.several(3, of('a'), limit.signal);
    log.add('tm-1', decision('b'));
    log.add('tm-1', decision('a'));
    expect(await two).toHaveLength(2);
    limit.abort();
    expect(await three).toHaveLength(2);
  });

  it('is not waited for any longer than wanted', async () => {
    const limit = new AbortController();
    const log = new DecisionLog();
    const coming = log.first(of('a'), limit.signal);
    limit.abort();
    expect(await coming).toBeUndefined();
    expect(await log.first(of('a'), limit.signal)).toBeUndefined();
  });
});
