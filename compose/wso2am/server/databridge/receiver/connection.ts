import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { type Answer, encodeAnswer } from '../answers.ts';
import type { Clock } from '../clock.ts';
import { MalformedMessage } from '../malformed-message.ts';
import { decodeRequest, type Frame, type Request } from '../requests.ts';
import { createFrameBuffer } from './frame-buffer.ts';
import { FRAME_LIMIT, FRAME_TIME, IDLE_TIME } from './limits.ts';

export type Connection = {
  /** Bytes of an unfinished frame. */
  readonly buffered: number;
  /** Ends when the request in hand, if any, is answered. */
  end(): void;
  /** Ends at once. */
  cut(reason: string): void;
  /** Resolves with why it broke, or nothing when it ended well. Never rejects. */
  readonly over: Promise<Error | undefined>;
};

export type ConnectionParts = {
  readonly clock: Clock;
  readonly answer: (request: Request) => Promise<Answer>;
  /** Called whenever `buffered` has grown. */
  readonly onBuffered: () => void;
};

/**
 * Serves one connection: requests strictly in turn, and nothing more is read while one is worked on or its answer is not
 * taken, so that a peer can only slow down itself. What cannot be read ends the connection: nobody knows where the next
 * frame would begin.
 */
export const serveConnection = (socket: Socket, { clock, answer, onBuffered }: ConnectionParts): Connection => {
  const frames = createFrameBuffer(FRAME_LIMIT);
  let ending = false;
  let working = false;
  let callOff: (() => void) | undefined;

  const cut = (reason: string): void => void socket.destroy(new MalformedMessage(reason));

  /** A peer that sends its frame byte by byte keeps a socket's own time-out from striking. */
  const watchFrame = (): void => {
    if (frames.buffered === 0) {
      callOff?.();
      callOff = undefined;
    } else callOff ??= clock.after(FRAME_TIME, () => cut('Read timed out'));
  };

  const answerFrame = async (frame: Frame): Promise<Buffer> => {
    callOff?.();
    callOff = undefined;
    const request = decodeRequest(frame);
    if (request === undefined) throw new MalformedMessage(`Message Type ${frame.type} is not supported!`);
    return encodeAnswer(await answer(request));
  };

  const exchange = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      frames.push(chunk);
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        working = true;
        yield await answerFrame(frame);
        // Only now is the answer written: a peer that never got it would send its events again.
        working = false;
        if (ending) return;
      }
      watchFrame();
      if (frames.buffered > 0) onBuffered();
    }
    if (frames.buffered > 0) throw new MalformedMessage('Connection closed from remote end.');
  };

  socket.setNoDelay(true);
  socket.setTimeout(IDLE_TIME, () => socket.destroy());
  const over = pipeline(socket, exchange, socket).then(() => undefined, breakOf);
  void over.then(() => {
    callOff?.();
    socket.destroy();
  });
  return {
    get buffered() {
      return frames.buffered;
    },
    end: () => {
      ending = true;
      if (!working) socket.destroySoon();
    },
    cut,
    over,
  };
};

/** Why a connection broke; nothing when it was this side that closed it, idle or stopping. */
const breakOf = (cause: unknown): Error | undefined => {
  if (!(cause instanceof Error)) return new Error(String(cause));
  return 'code' in cause && cause.code === 'ERR_STREAM_PREMATURE_CLOSE' ? undefined : cause;
};
