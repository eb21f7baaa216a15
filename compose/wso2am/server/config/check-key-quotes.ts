import { ConfigurationError } from './configuration-error.ts';
import type { Keys } from './values.ts';

/**
 * Before it renders, the product splits every flat key at dots outside single quotes, and stops at a quote without a
 * partner (config-mapper 1.0.2, JinjaParser). This is how `transport.http.max_message_size_bytes` breaks the render
 * (configuration.md 4.6).
 */
export const checkKeyQuotes = (keys: Keys): void => {
  for (const key of keys.keys()) {
    if (key.split("'").length % 2 === 0) {
      throw new ConfigurationError(`Couldn't find matching ending "'" for sub key in flat key ${key}`);
    }
  }
};
