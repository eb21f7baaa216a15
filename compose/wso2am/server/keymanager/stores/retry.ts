import { isDuplicate, isLockedOut } from '../../database/database-error.ts';

/** As often as the product tries to store a token (`oauth.token_generation.retry_count_on_persistence_failures`). */
const ATTEMPTS = 6;

/**
 * Runs a transaction again when another node was faster: its row was there already, or both waited for each other. What it
 * left is then found at the next attempt.
 */
export const retryWhenBeaten = async <T>(transaction: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (cause) {
      if (attempt === ATTEMPTS || !(isDuplicate(cause) || isLockedOut(cause))) throw cause;
    }
  }
};
