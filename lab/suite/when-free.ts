import { setTimeout as delay } from 'node:timers/promises';
import { LabError, labError } from '../errors/lab-error.ts';

/** Milliseconds between two attempts to take a lock. */
const INTERVAL = 100;

/** Does `work` as soon as nobody else changes the lab. Rejects with the reason of `signal` when that aborts first. */
export const whenFree = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LabError && error.code === 'LAB_BUSY')) throw error;
    }
    // What an abort rejects with is not the signal's reason.
    await delay(INTERVAL, undefined, { signal }).catch(() => undefined);
  }
};

/** A signal that aborts with START_TIMEOUT after so many milliseconds, or with its reason once another one does. */
export const within = (timeout: number, signal?: AbortSignal): AbortSignal => {
  const late = new AbortController();
  const expire = () => late.abort(labError('START_TIMEOUT', `the lab could not be had within ${timeout / 1000} s`));
  setTimeout(expire, timeout).unref();
  return signal ? AbortSignal.any([late.signal, signal]) : late.signal;
};
