/** A policy that cannot be written as an execution plan. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}
