import type { ByteReader } from '../byte-reader.ts';
import { decodeEvent, UnknownStream } from '../decode-event.ts';
import { MalformedMessage } from '../malformed-message.ts';
import type { StreamDefinition, StreamEvent } from '../stream-definition.ts';
import type { ReceiverParts } from './open-receiver.ts';

const WORKER = 'org.wso2.carbon.databridge.core.internal.queue.QueueWorker';

/**
 * Hands the events of a publish request to the consumer. As in the product, one event that cannot be read drops the whole
 * bundle, with a line in the log and no word to the sender (carbon-analytics-common, QueueWorker). The product has a queue in
 * between; here the consumer is called before the answer goes out, so there is nothing to bound.
 */
export const passOnEvents = (bytes: ByteReader, { streams, onEvent, log }: ReceiverParts): void => {
  const events = readEvents(bytes, streams, (cause) =>
    log(WORKER).error('Dropping wrongly formatted event sent ', cause),
  );
  for (const event of events) {
    try {
      onEvent(event.stream.id, event);
    } catch (cause) {
      log(WORKER).error(`Error in passing event of ${event.stream.id} to subscriber`, cause);
    }
  }
};

const readEvents = (
  bytes: ByteReader,
  streams: ReadonlyMap<string, StreamDefinition>,
  onDropped: (cause: Error) => void,
): readonly StreamEvent[] => {
  const events: StreamEvent[] = [];
  try {
    const count = bytes.int32();
    for (let index = 0; index < count; index += 1) events.push(decodeEvent(bytes.part(bytes.int32()), streams));
    return events;
  } catch (cause) {
    if (!(cause instanceof UnknownStream || cause instanceof MalformedMessage)) throw cause;
    onDropped(cause);
    return [];
  }
};
