import { labError } from '../errors/lab-error.ts';

/**
 * A signal that aborts at the first Ctrl-C or SIGTERM, with INTERRUPTED as its reason; a second one ends the process
 * at once.
 */
export const interruptSignal = (): AbortSignal => {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(labError('INTERRUPTED', 'interrupted; what runs was left running'));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return controller.signal;
};
