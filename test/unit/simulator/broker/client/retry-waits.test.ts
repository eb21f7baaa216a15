import { describe, expect, it } from 'vitest';
import { retryWaits } from '../../../../../compose/wso2am/server/broker/client/retry-waits.ts';

describe('the waits of a JMS listener', () => {
  it('double from 20 s up to an hour; the line of the first one above the limit names what was not applied', () => {
    const waits = retryWaits();
    const taken = Array.from({ length: 11 }, () => waits.next().value);

    expect(taken.map(({ milliseconds }) => milliseconds / 1000)).toEqual([
      20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600,
    ]);
    expect(taken.map(({ announcedSeconds }) => announcedSeconds)).toEqual([
      20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 7200, 7200,
    ]);
  });
});
