/** A place where parts of a node meet: one fires, others listen, and neither knows the other. */
export type Hook<T> = {
  /** Called in the order of subscription; returns the way to leave again. */
  subscribe(listener: (value: T) => Promise<void> | void): () => void;
  /** Resolves when every listener is done. Never rejects: a listener's failure is handed to `onFailure` of the hook. */
  fire(value: T): Promise<void>;
};

/** A hook; `onFailure` hears what a listener threw, for whoever fires must not suffer from it. */
export const createHook = <T>(onFailure: (cause: unknown) => void): Hook<T> => {
  const listeners = new Set<(value: T) => Promise<void> | void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fire: async (value) => {
      for (const listener of [...listeners]) {
        try {
          await listener(value);
        } catch (cause) {
          onFailure(cause);
        }
      }
    },
  };
};
