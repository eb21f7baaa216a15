import { isExchangeType } from '../routing/exchange.ts';
import type { Queue } from '../routing/queue.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import { METHODS, type Method, type Named } from '../wire/methods.ts';
import type { Channel } from './channel.ts';

/** Declares, binds and deletes; returns whether the method was one of these. @throws AmqpFault */
export const changeTopology = (channel: Channel, method: Method): boolean => {
  const { outlet } = channel;
  const { virtualHost } = outlet;
  /** Answers unless the client said that it does not wait. */
  const answer = (payload: Buffer, noWait = false): true => {
    if (!noWait) outlet.method(payload);
    return true;
  };
  const queueOf = (name: string): Queue => virtualHost.queue(name || channel.lastQueue, outlet.connection);

  switch (method.name) {
    case 'exchangeDeclare':
      declareExchange(channel, method.fields);
      return answer(METHODS.exchangeDeclareOk.encode({}), method.fields.noWait);
    case 'exchangeDelete':
      virtualHost.deleteExchange(method.fields.exchange, method.fields.ifUnused);
      return answer(METHODS.exchangeDeleteOk.encode({}), method.fields.noWait);
    case 'queueDeclare': {
      const queue = declareQueue(channel, method.fields);
      channel.lastQueue = queue.traits.name;
      const { messageCount, consumerCount } = queue;
      const declareOk = { queue: queue.traits.name, messageCount, consumerCount };
      return answer(METHODS.queueDeclareOk.encode(declareOk), method.fields.noWait);
    }
    case 'queueBind': {
      const queue = queueOf(method.fields.queue);
      // Without a queue and a key, the key is the name of the queue declared last (AMQP 0-9-1, queue.bind).
      const { queue: name, routingKey } = method.fields;
      virtualHost.bind(
        queue,
        method.fields.exchange,
        name === '' && routingKey === '' ? queue.traits.name : routingKey,
      );
      return answer(METHODS.queueBindOk.encode({}), method.fields.noWait);
    }
    case 'queueUnbind':
      virtualHost.unbind(queueOf(method.fields.queue), method.fields.exchange, method.fields.routingKey);
      return answer(METHODS.queueUnbindOk.encode({}));
    case 'queuePurge': {
      const messageCount = queueOf(method.fields.queue).purge();
      return answer(METHODS.queuePurgeOk.encode({ messageCount }), method.fields.noWait);
    }
    case 'queueDelete': {
      const messageCount = deleteQueue(channel, queueOf(method.fields.queue), method.fields);
      return answer(METHODS.queueDeleteOk.encode({ messageCount }), method.fields.noWait);
    }
    default:
      return false;
  }
};

const declareExchange = (
  { outlet: { virtualHost } }: Channel,
  { exchange: name, type, passive, durable, autoDelete }: Named<'exchangeDeclare'>['fields'],
): void => {
  if (passive) return void virtualHost.exchange(name);
  if (!isExchangeType(type)) throw new AmqpFault('commandInvalid', `exchange type '${type}' is not simulated`);
  virtualHost.declareExchange({ name, type, durable, autoDelete });
};

const declareQueue = ({ outlet, lastQueue }: Channel, fields: Named<'queueDeclare'>['fields']): Queue => {
  const { queue: name, passive, durable, autoDelete, exclusive } = fields;
  if (passive) return outlet.virtualHost.queue(name || lastQueue, outlet.connection);
  const owner = exclusive ? outlet.connection : undefined;
  return outlet.virtualHost.declareQueue({ name, durable, autoDelete, owner }, outlet.connection);
};

const deleteQueue = ({ outlet }: Channel, queue: Queue, fields: Named<'queueDelete'>['fields']): number => {
  const { messageCount, consumerCount, traits } = queue;
  if (fields.ifUnused && consumerCount > 0)
    throw new AmqpFault('preconditionFailed', `queue '${traits.name}' has consumers`);
  if (fields.ifEmpty && messageCount > 0)
    throw new AmqpFault('preconditionFailed', `queue '${traits.name}' has messages`);
  outlet.virtualHost.deleteQueue(queue);
  return messageCount;
};
