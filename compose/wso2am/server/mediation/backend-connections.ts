import { Agent, type ClientRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A connection, and how long it may be idle between two calls. */
type Connection = {
  readonly socket: Socket;
  /** Milliseconds; 0 for one that is not to be used again, as none is before its first answer has begun. */
  idleLimit: number;
  /** Until when it is kept, in milliseconds of a clock that only goes forward. */
  keptUntil: number;
};

/** Idle connections to one back end, as many as Node's own agent keeps. */
const MOST_IDLE = 256;

/** Milliseconds of silence after which TCP asks whether the other side is still there; also Node's. */
const TCP_KEEP_ALIVE = 1_000;

/**
 * Connections to back ends, kept between calls; the one used last is used next. An agent to calls whose answers are read, and of one
 * it does what `http.request` asks for. Node's own sets, finds out and looks up at each call what is needed once in the life of a
 * connection: that was a fifth of what a bare proxy costs.
 */
export class BackendConnections extends Agent {
  readonly #idleLimit: number;
  readonly #idle = new Map<string, Connection[]>();
  #nextLook = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param idleLimit milliseconds that a kept connection may be idle; a second before the end that its back end announces, if earlier */
  constructor(idleLimit: number) {
    super({ keepAlive: true });
    this.#idleLimit = idleLimit;
  }

  /** How `http.request` asks for a connection. Node takes anything with this method for an agent, but its types leave it out. */
  addRequest(request: ClientRequest, { host, port }: RequestOptions): void {
    const backend = `${host}:${port}`;
    const kept = this.#takeIdle(backend);
    request.reusedSocket = kept !== undefined;
    request.onSocket(kept ?? this.#open(request, backend, { host: host ?? '', port: Number(port) }));
  }

  /** Closes those that are idle now. */
  override destroy(): void {
    for (const { socket } of [...this.#idle.values()].flat()) socket.destroy();
    this.#idle.clear();
    clearTimeout(this.#timer);
    this.#nextLook = Number.POSITIVE_INFINITY;
  }

  #takeIdle(backend: string): Socket | undefined {
    const idle = this.#idle.get(backend);
    for (let last = idle?.pop(); last; last = idle?.pop()) {
      // Not closed by the back end meanwhile, nor about to be: a process that stood still has not heard of it yet.
      if (last.socket.writable && last.keptUntil > performance.now()) return last.socket;
      last.socket.destroy();
    }
    return undefined;
  }

  #open(first: ClientRequest, backend: string, address: { readonly host: string; readonly port: number }): Socket {
    const socket = connect({ ...address, noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE });
    const connection: Connection = { socket, idleLimit: 0, keptUntil: 0 };
    // What the first answer announces counts: a back end that says otherwise later on the same connection is not heard.
    first.once('response', ({ headers }) => {
      connection.idleLimit = Math.min(this.#idleLimit, announcedLimit(headers));
      // Those who wait for answers hold the process, not what is kept for the next of them.
      socket.unref();
    });
    // Said by a call that is over, or that was given up before it had begun.
    socket.on('free', () => this.#keep(backend, connection));
    // One that breaks while it is idle is nobody's failure.
    socket.on('error', () => undefined);
    return socket;
  }

  #keep(backend: string, connection: Connection): void {
    const { socket, idleLimit } = connection;
    const idle = this.#idle.get(backend) ?? [];
    if (!socket.writable || idleLimit === 0 || idle.length >= MOST_IDLE) return void socket.destroy();
    // As Node's agent does: an idle connection would hold its last call, with all that belongs to it.
    Reflect.set(socket, '_httpMessage', null);
    connection.keptUntil = performance.now() + idleLimit;
    idle.push(connection);
    this.#idle.set(backend, idle);
    if (connection.keptUntil < this.#nextLook) this.#lookAt(connection.keptUntil);
  }

  /** One timer for all: a limit of its own would be set and unset for each connection at each call. */
  #lookAt(time: number): void {
    this.#nextLook = time;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#closeIdle(), Math.ceil(time - performance.now())).unref();
  }

  #closeIdle(): void {
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [backend, idle] of this.#idle) {
      const kept = idle.filter(({ socket, keptUntil }) => {
        if (keptUntil <= now) socket.destroy();
        else if (socket.writable) next = Math.min(next, keptUntil);
        return keptUntil > now && socket.writable;
      });
      if (kept.length > 0) this.#idle.set(backend, kept);
      else this.#idle.delete(backend);
    }
    if (Number.isFinite(next)) this.#lookAt(next);
    else this.#nextLook = Number.POSITIVE_INFINITY;
  }
}

/** `Keep-Alive: timeout=N` of an answer in milliseconds, less a second, so that nothing is sent on what is about to be closed. */
const announcedLimit = ({ 'keep-alive': announced }: IncomingHttpHeaders): number => {
  const seconds = /^timeout=(\d+)/.exec(String(announced))?.[1];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(Number(seconds) * 1_000 - 1_000, 0);
};
