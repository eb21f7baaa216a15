import { decodeMapMessage } from '../../../../../lab/product/map-message/decode-map-message.ts';
import type { MapMessage } from '../../../../../lab/product/map-message/map-message.ts';
import { IncomingContent } from '../session/incoming-content.ts';
import { TOPIC_EXCHANGE } from '../topic-message.ts';
import { EMPTY_TABLE } from '../wire/field-table.ts';
import { FRAME, type Frame } from '../wire/frames.ts';
import { decodeMethod, METHODS } from '../wire/methods.ts';
import { decodeProperties } from '../wire/properties.ts';
import type { ClientConnection } from './client-connection.ts';

/** Prefetch of an Andes client (wire.md 5.7). */
const PREFETCH = 500;
const CHANNEL = 1;

export type Listening = {
  readonly topic: string;
  readonly onMessage: (message: MapMessage) => void;
  /** Hears of a message that is no MapMessage, or that `onMessage` failed over; the subscription goes on. */
  readonly onFailure: (cause: unknown) => void;
};

/**
 * Subscribes to a topic step by step as an Andes client does: passive exchange, own exclusive queue, flow off while subscribing
 * (wire.md 5.7).
 * @returns what hands on messages until the connection ends; it rejects with the reason
 * @throws Error the broker refuses, or is gone
 */
export const subscribe = async (connection: ClientConnection, listening: Listening): Promise<() => Promise<never>> => {
  const { call } = connection;
  await call(CHANNEL, METHODS.channelOpen.encode({ outOfBand: '' }), 'channelOpenOk');
  await call(
    CHANNEL,
    METHODS.basicQos.encode({ prefetchSize: 0, prefetchCount: PREFETCH, global: false }),
    'basicQosOk',
  );
  await call(
    CHANNEL,
    METHODS.exchangeDeclare.encode({
      ...{ ticket: 0, exchange: TOPIC_EXCHANGE, type: 'topic', passive: true, durable: false },
      ...{ autoDelete: false, internal: false, noWait: false, arguments: EMPTY_TABLE },
    }),
    'exchangeDeclareOk',
  );
  const declared = await call(
    CHANNEL,
    METHODS.queueDeclare.encode({
      ...{ ticket: 0, queue: queueName(connection.localAddress), passive: false, durable: false },
      ...{ exclusive: true, autoDelete: true, noWait: false, arguments: EMPTY_TABLE },
    }),
    'queueDeclareOk',
  );
  const { queue } = declared.fields;
  const binding = { ticket: 0, queue, exchange: TOPIC_EXCHANGE, routingKey: listening.topic, noWait: false };
  await call(CHANNEL, METHODS.queueBind.encode({ ...binding, arguments: EMPTY_TABLE }), 'queueBindOk');
  await call(CHANNEL, METHODS.channelFlow.encode({ active: false }), 'channelFlowOk');
  await call(
    CHANNEL,
    METHODS.basicConsume.encode({
      ...{ ticket: 0, queue, consumerTag: '1', noLocal: false, noAck: false },
      ...{ exclusive: false, noWait: false, arguments: EMPTY_TABLE },
    }),
    'basicConsumeOk',
  );
  await call(CHANNEL, METHODS.channelFlow.encode({ active: true }), 'channelFlowOk');
  return () => receive(connection, listening);
};

/** `tmp_127_0_0_1_40222_1`: unique while the connection is, for the address is in it (wire.md 5.7). */
const queueName = (localAddress: string): string => `tmp_${localAddress}_1`.replace(/[./:;_]+/g, '_');

const receive = async (connection: ClientConnection, listening: Listening): Promise<never> => {
  const { source } = connection;
  const serve = servingFrames(connection, listening);
  for (;;) {
    const batch = await source.batch();
    if (!batch) throw new Error('the connection was closed unexpectedly');
    for (const frame of batch) serve(frame);
  }
};

const servingFrames = ({ sink }: ClientConnection, listening: Listening): ((frame: Frame) => void) => {
  const content = new IncomingContent({ unfinished: 0 });
  let deliveryTag = 0;

  const onWhole = (published: ReturnType<IncomingContent['body']>): void => {
    if (!published) return;
    const { properties, body } = published.message;
    try {
      listening.onMessage(decodeMapMessage(decodeProperties(properties).contentType, body));
    } catch (cause) {
      listening.onFailure(cause);
    }
    // AUTO_ACK: a message that its listener cannot read is done with as well.
    sink.method(CHANNEL, METHODS.basicAck.encode({ deliveryTag, multiple: false }));
  };
  return ({ type, payload }) => {
    if (type === FRAME.header) return onWhole(content.header(payload));
    if (type === FRAME.body) return onWhole(content.body(payload));
    if (type === FRAME.heartbeat) return;
    const method = decodeMethod(payload);
    switch (method.name) {
      case 'basicDeliver':
        deliveryTag = method.fields.deliveryTag;
        return content.begin({ ...method.fields, ticket: 0, mandatory: false, immediate: false });
      case 'channelFlow':
        return sink.method(CHANNEL, METHODS.channelFlowOk.encode(method.fields));
      case 'connectionClose':
        sink.method(0, METHODS.connectionCloseOk.encode({}));
        throw new Error(`${method.fields.replyText} [error code ${method.fields.replyCode}]`);
      case 'channelClose':
      case 'basicCancel':
        throw new Error('the broker ended the subscription');
    }
  };
};
