/** Why a key store could not be read or opened. */
export type JksFault =
  | 'not-a-jks'
  | 'pkcs12'
  | 'jceks'
  | 'damaged'
  | 'wrong-store-password'
  | 'wrong-key-password'
  | 'no-such-alias'
  | 'duplicate-alias';

/** Failure of the key store reader and writer; `fault` is for programs, the message for people. */
export class JksError extends Error {
  override readonly name = 'JksError';
  readonly fault: JksFault;

  constructor(fault: JksFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
