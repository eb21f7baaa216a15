/** Url groups that no agent can work with (wire.md 5.2). */
export class UrlGroupError extends Error {
  override readonly name = 'UrlGroupError';
}
