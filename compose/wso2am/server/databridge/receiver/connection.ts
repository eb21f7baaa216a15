import type { Socket } from 'node:net';
import { type Answer, encodeAnswer } from '../answers.ts';
import type { Clock } from '../clock.ts';
import { MalformedMessage } from '../malformed-message.ts';
import { decodeRequest, type Frame, type Request } from '../requests.ts';
import { createFrameBuffer } from './frame-buffer.ts';
import { FRAME_LIMIT, FRAME_TIME, IDLE_TIME } from './limits.ts';

export type Connection = {
  /** Bytes that wait: of an unfinished frame, or behind the request in hand. */
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
  readonly answer: (request: Request) => Answer | Promise<Answer>;
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
  let failure: Error | undefined;

  const fail = (cause: unknown): void => void socket.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  const cut = (reason: string): void => fail(new MalformedMessage(reason));

  /** A peer that sends its frame byte by byte keeps a socket's own time-out from striking. */
  const watchFrame = (): void => {
    if (frames.buffered === 0) stopWatch();
    else callOff ??= clock.after(FRAME_TIME, () => cut('Read timed out'));
  };

  const stopWatch = (): void => {
    callOff?.();
    callOff = undefined;
  };

  const answerFrame = (frame: Frame): Answer | Promise<Answer> => {
    const request = decodeRequest(frame);
    if (request === undefined) throw new MalformedMessage(`Message Type ${frame.type} is not supported!`);
    return answer(request);
  };

  /** Answers what has arrived in full. Most answers are there at once, and taken at once: nothing waits then. */
  const serve = (): void => {
    try {
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        stopWatch();
        const answered = answerFrame(frame);
        const taken: true | Promise<unknown> = answered instanceof Promise ? answered.then(write) : write(answered);
        if (taken !== true) return void stopReading(taken);
        if (ending) return;
      }
    } catch (cause) {
      return void fail(cause);
    }
    watchFrame();
    if (frames.buffered > 0) onBuffered();
  };

  /** Whether the answer is on its way to the peer; else it is once the promise resolves. */
  const write = (reply: Answer): true | Promise<unknown> =>
    socket.write(encodeAnswer(reply)) || new Promise((resolve) => socket.once('drain', resolve));

  const stopReading = async (until: Promise<unknown>): Promise<void> => {
    working = true;
    socket.pause();
    try {
      await until;
    } catch (cause) {
      return fail(cause);
    }
    // Only now is the answer written: a peer that never got it would send its events again.
    working = false;
    if (socket.destroyed) return;
    if (ending) return socket.destroySoon();
    serve();
    if (!working) socket.resume();
  };

  socket.setNoDelay(true);
  socket.setTimeout(IDLE_TIME, () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    // Nothing can be answered any more: what were counted now would come again, elsewhere.
    if (ending && !working) return;
    frames.push(chunk);
    serve();
  });
  socket.on('end', () => {
    if (frames.buffered > 0) cut('Connection closed from remote end.');
  });
  socket.on('error', (cause) => {
    failure = cause;
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
    over: new Promise((resolve) => {
      socket.once('close', () => {
        stopWatch();
        resolve(failure);
      });
    }),
  };
};
