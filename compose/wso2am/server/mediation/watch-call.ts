/** How long a call at a back end may take. */
export type CallWatch = {
  /** A part of the answer came, or one of a request that is streamed. */
  moved(): void;
  /** The answer has begun. */
  answered(): void;
  stop(): void;
};

/** `http.socket.timeout` of the product's passthru-http.properties: milliseconds in which nothing comes or goes. */
const SILENCE_LIMIT = 180_000;

/**
 * Watches a call from now on. One timer for both limits, and none of the socket's, which would be set and unset at each call.
 * @param timeout milliseconds within which the answer must begin
 * @param onTimeout called once at most, with the reason
 */
export const watchCall = (timeout: number, onTimeout: (reason: string) => void): CallWatch => {
  const began = performance.now();
  let last = began;
  let hasAnswer = false;

  const look = (): void => {
    const now = performance.now();
    const silent = last + SILENCE_LIMIT;
    const left = (hasAnswer ? silent : Math.min(silent, began + timeout)) - now;
    if (left > 0) timer = setTimeout(look, left);
    else onTimeout(hasAnswer ? 'the back end fell silent' : `no answer after ${Math.round(now - began)} ms`);
  };
  let timer = setTimeout(look, Math.min(timeout, SILENCE_LIMIT));

  const moved = (): void => {
    last = performance.now();
  };
  return {
    moved,
    answered: () => {
      hasAnswer = true;
      moved();
    },
    stop: () => clearTimeout(timer),
  };
};
