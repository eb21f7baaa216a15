import type { IncomingMessage } from 'node:http';

/** A request whose body is longer than the listener takes; answered with 413. */
export class PayloadTooLarge extends Error {
  override readonly name = 'PayloadTooLarge';
}

/** A client that went away before its request was complete; there is nobody left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * The whole body of a request.
 * @param limit bytes; a longer body is refused as soon as that is known, from its announced length if it has one
 * @throws PayloadTooLarge, ClientGone
 */
export const readBody = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const tooLarge = (): void => reject(new PayloadTooLarge(`the body is longer than ${limit} bytes`));
    const gone = (): void => reject(new ClientGone('the client closed the connection inside its request'));
    if (Number(request.headers['content-length'] ?? 0) > limit) return tooLarge();
    if (request.destroyed && !request.readableEnded) return gone();

    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        chunks.length = 0;
        tooLarge();
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks, length)));
    request.on('close', gone);
    request.on('error', gone);
  });
