import type { Timers } from '../timers.ts';
import type { FrameSink } from '../wire/frame-sink.ts';
import { HEARTBEAT_FRAME } from '../wire/frames.ts';

/** Half-intervals of silence after which the peer is taken for dead: two intervals (AMQP 0-9-1, 4.2.7). */
const SILENT_LIMIT = 4;

export type Pulse = {
  /** Something came from the peer. */
  heard(): void;
  stop(): void;
};

/**
 * Sends heartbeats where nothing else is sent, and notices when the peer falls silent.
 * @param seconds negotiated interval; with 0 nothing happens
 * @param excused whether silence means nothing now, because we are the one that does not read
 */
export const keepPulse = (
  seconds: number,
  sink: FrameSink,
  timers: Timers,
  excused: () => boolean,
  onDead: () => void,
): Pulse => {
  if (seconds === 0) return { heard: () => undefined, stop: () => undefined };
  let silent = 0;
  const stop = timers.every(seconds * 500, () => {
    silent = excused() ? 0 : silent + 1;
    if (silent >= SILENT_LIMIT) {
      stop();
      onDead();
      return;
    }
    if (!sink.spoke) sink.bytes(HEARTBEAT_FRAME);
    sink.spoke = false;
  });
  return {
    heard: () => {
      silent = 0;
    },
    stop,
  };
};
