import { pause, type Timers } from '../../broker/timers.ts';

/** Waits so many milliseconds; false when the signal aborted before. */
export const elapsed = (milliseconds: number, timers: Timers, signal: AbortSignal): Promise<boolean> =>
  pause(milliseconds, timers, signal).then(
    () => true,
    () => false,
  );
