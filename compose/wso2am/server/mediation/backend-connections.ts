import { Agent, type ClientRequestArgs } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Connections to back ends, kept between calls. What Node sets and finds out about a connection after each call is set and found
 * out after its first: that was a tenth of what a call at a back end costs.
 */
export class BackendConnections extends Agent {
  /** Milliseconds that each may be idle; undefined for one that is not to be used again. */
  readonly #idleLimits = new WeakMap<Duplex, number | undefined>();

  /** @param idleLimit milliseconds that a kept connection may be idle; a second before the end that its back end announces, if earlier */
  constructor(idleLimit: number) {
    super({ keepAlive: true, timeout: idleLimit });
  }

  /** What the first answer announces counts: a back end that says otherwise later on the same connection is not heard. */
  override keepSocketAlive(socket: Duplex): boolean {
    if (!this.#idleLimits.has(socket)) {
      // Node's types have it say nothing; it says false where the announced life is too short.
      const said: unknown = super.keepSocketAlive(socket);
      this.#idleLimits.set(socket, said !== false && socket instanceof Socket ? socket.timeout : undefined);
    }
    const limit = this.#idleLimits.get(socket);
    if (limit === undefined || !(socket instanceof Socket)) return false;
    // The call that is over has switched the limit off, and held the process.
    socket.setTimeout(limit);
    socket.unref();
    return true;
  }

  /** No local address, family or socket of a file is ever chosen here. */
  override getName({ host, port }: ClientRequestArgs = {}): string {
    return `${host}:${port}`;
  }
}
