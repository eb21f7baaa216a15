/** What stops a start: one sentence under the Java class that would have said it. The node logs it and exits with 1. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly className: string;

  constructor(className: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.className = className;
  }
}
