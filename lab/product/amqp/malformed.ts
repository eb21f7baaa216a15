/** Bytes that end too early or mean nothing. The message says what was being read, never what was in it. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}
