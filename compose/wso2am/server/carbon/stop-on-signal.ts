/** What a container runtime and a person at a terminal send. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs `stop` at the first signal and exits with 0 when it is done. Before `stop` is given, a signal exits at once: there is
 * nothing to wait for in the middle of a start.
 * @returns takes the `stop` of the started node
 */
export const stopOnSignal = (): ((stop: () => Promise<void>) => void) => {
  let stop: () => Promise<void> = async () => undefined;
  let stopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        (cause) => {
          process.stderr.write(`${String(cause)}\n`);
          process.exit(1);
        },
      );
    });
  }
  return (given) => {
    stop = given;
  };
};
