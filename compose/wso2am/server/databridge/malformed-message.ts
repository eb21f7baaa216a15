/** Bytes that are no message of the binary databridge protocol; what follows them on a connection cannot be read either. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}
