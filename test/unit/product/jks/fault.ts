import { JksError, type JksFault } from '../../../../lab/product/jks/jks-error.ts';

/** The fault that an action fails with; undefined when it succeeds. Any other error is the test's own. */
export const fault = (action: () => unknown): JksFault | undefined => {
  try {
    action();
  } catch (error) {
    if (error instanceof JksError) return error.fault;
    throw error;
  }
  return undefined;
};
