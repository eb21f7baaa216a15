import { HOT_DEPLOYMENT_INTERVAL } from '../../../../lab/product/hot-deployment.ts';
import type { Log } from '../carbon/log.ts';

/** Calls back after so many milliseconds, once; returns the way to call it off. */
export type Timer = (callback: () => void, milliseconds: number) => () => void;

/** The machine's timer. A waiting scan keeps no process alive. */
export const systemTimer: Timer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
};

/** Scans again and again, each time that long after the last scan ended; returns the way to stop. */
export const deployHot = (scan: () => Promise<void>, log: Log, timer: Timer): (() => void) => {
  let stopped = false;
  let cancel: () => void = () => undefined;
  const wait = (): void => {
    if (!stopped) cancel = timer(run, HOT_DEPLOYMENT_INTERVAL);
  };
  const run = (): void => {
    scan()
      // The share may come back.
      .catch((cause: unknown) => log.error('Error occurred while scanning the synapse configuration', cause))
      .finally(wait);
  };
  wait();
  return () => {
    stopped = true;
    cancel();
  };
};
