import { expect, it } from 'vitest';
import { createAccessCounters } from '../../../../../compose/wso2am/server/throttling/gateway/access-counters.ts';

it('drops the windows that are over as new ones begin', () => {
  const counters = createAccessCounters();
  for (let key = 0; key < 1_000; key += 1) counters.allows(`a${key}`, 1, 1_000, 0);
  for (let key = 0; key < 10; key += 1) counters.allows(`b${key}`, 1, 1_000, 1_000);

  expect(counters.size).toBe(10);
});

it('allows nothing with a limit of 0', () => {
  expect(createAccessCounters().allows('k', 0, 1_000, 0)).toBe(false);
});
