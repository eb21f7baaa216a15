import { randomUUID } from 'node:crypto';
import { AmqpFault } from '../wire/amqp-fault.ts';
import { METHODS, type Method, type Named } from '../wire/methods.ts';
import type { Channel } from './channel.ts';
import { subscriptionOf } from './subscription.ts';

/** JMS selectors come as this argument of `basic.consume` (wire.md 13, AND). */
const SELECTOR = 'x-filter-jms-selector';

/** Begins and ends consumption; returns whether the method was one of these. @throws AmqpFault */
export const consume = (channel: Channel, method: Method): boolean => {
  switch (method.name) {
    case 'basicQos':
      if (method.fields.prefetchSize !== 0) throw new AmqpFault('notImplemented', 'prefetch by size is not simulated');
      channel.prefetch = method.fields.prefetchCount;
      channel.outlet.method(METHODS.basicQosOk.encode({}));
      channel.dispatch();
      return true;
    case 'basicConsume':
      subscribe(channel, method.fields);
      return true;
    case 'basicCancel': {
      const { consumerTag, noWait } = method.fields;
      const subscription = channel.subscriptions.get(consumerTag);
      if (subscription) channel.unsubscribe(subscription);
      if (!noWait) channel.outlet.method(METHODS.basicCancelOk.encode({ consumerTag }));
      return true;
    }
    case 'basicGet':
      get(channel, method.fields);
      return true;
    default:
      return false;
  }
};

const subscribe = (channel: Channel, fields: Named<'basicConsume'>['fields']): void => {
  const { outlet, subscriptions } = channel;
  const selector = fields.arguments.get(SELECTOR);
  if (selector !== undefined && selector !== '') throw new AmqpFault('notImplemented', 'selectors are not simulated');
  const queue = outlet.virtualHost.queue(fields.queue || channel.lastQueue, outlet.connection);
  const consumerTag = fields.consumerTag || `sgen_${randomUUID()}`;
  if (subscriptions.has(consumerTag)) throw new AmqpFault('notAllowed', `Non-unique consumer tag, '${consumerTag}'`);

  const subscription = subscriptionOf(queue, consumerTag, fields, channel);
  queue.addConsumer(subscription);
  subscriptions.set(consumerTag, subscription);
  if (!fields.noWait) outlet.method(METHODS.basicConsumeOk.encode({ consumerTag }));
  queue.dispatch();
};

const get = (channel: Channel, { queue: name, noAck }: Named<'basicGet'>['fields']): void => {
  const { outlet, deliveries } = channel;
  const queue = outlet.virtualHost.queue(name || channel.lastQueue, outlet.connection);
  const queued = queue.shift();
  if (!queued) {
    outlet.method(METHODS.basicGetEmpty.encode({ clusterId: '' }));
    return;
  }
  const { message, redelivered } = queued;
  const { exchange, routingKey } = message;
  const deliveryTag = deliveries.add({ queue, queued }, noAck);
  const { messageCount } = queue;
  const getOk = METHODS.basicGetOk.encode({ deliveryTag, redelivered, exchange, routingKey, messageCount });
  outlet.content(getOk, message);
};
