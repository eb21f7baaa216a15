import { Agent, type ClientRequestArgs } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Connections to back ends, kept between calls. What Node finds out about a connection after each call is found out once here:
 * that was a tenth of what a call at a back end costs.
 */
export class BackendConnections extends Agent {
  /** Milliseconds that each may be idle; undefined for one that is not to be used again. */
  readonly #idleLimits = new WeakMap<Duplex, number | undefined>();

  /** @param idleLimit milliseconds that a kept connection may be idle, unless its back end announces less */
  constructor(idleLimit: number) {
    super({ keepAlive: true, timeout: idleLimit });
  }

  /** A back end announces the same life of a connection in each of its answers. */
  override keepSocketAlive(socket: Duplex): boolean {
    if (!this.#idleLimits.has(socket)) {
      // Typed as if it said nothing; false where the announced life is too short.
      const said: unknown = super.keepSocketAlive(socket);
      this.#idleLimits.set(socket, said !== false && socket instanceof Socket ? socket.timeout : undefined);
    }
    const limit = this.#idleLimits.get(socket);
    if (limit === undefined || !(socket instanceof Socket)) return false;
    // The call that is over has switched it off.
    socket.setTimeout(limit);
    return true;
  }

  /** No local address, family or socket of a file is ever chosen here. */
  override getName({ host, port }: ClientRequestArgs = {}): string {
    return `${host}:${port}`;
  }
}
