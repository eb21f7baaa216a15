import type { Socket } from 'node:net';
import { encodeFrames, FRAME, type Frame } from './frames.ts';

/** The sending side of a connection. What is sent within one turn of the event loop leaves in one packet. */
export class FrameSink {
  /** Whether anything was sent since this was last set to false; a heartbeat is due where nothing was. */
  spoke = false;
  readonly #socket: Socket;
  #corked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Whether more waits to be written than the socket's high-water mark allows. */
  get congested(): boolean {
    return this.#socket.writableNeedDrain;
  }

  /** The next moment without congestion, or the end of the connection. */
  drained(): Promise<void> {
    if (!this.congested || this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }

  method(channel: number, payload: Buffer): void {
    this.frames([{ type: FRAME.method, channel, payload }]);
  }

  frames(frames: readonly Frame[]): void {
    this.bytes(encodeFrames(frames));
  }

  bytes(bytes: Buffer): void {
    if (!this.#socket.writable) return;
    this.spoke = true;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(bytes);
  }
}
