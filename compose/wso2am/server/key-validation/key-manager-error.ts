/** A Key Manager that could not be asked, or whose answer is none; callers of APIs get 900900 (wire.md 2.1). */
export class KeyManagerError extends Error {
  override readonly name = 'KeyManagerError';
}
