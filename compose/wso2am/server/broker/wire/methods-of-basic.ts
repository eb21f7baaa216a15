import { bit, long, longLong, method, short, shortString, table } from './field-codec.ts';

/** Number of the class whose methods carry messages. */
export const BASIC = 60;

/** Class `basic` of AMQP 0-9-1. */
export const BASIC_METHODS = {
  basicQos: method('basicQos', BASIC, 10, { prefetchSize: long, prefetchCount: short, global: bit }),
  basicQosOk: method('basicQosOk', BASIC, 11, {}),
  basicConsume: method('basicConsume', BASIC, 20, {
    ticket: short,
    queue: shortString,
    consumerTag: shortString,
    noLocal: bit,
    noAck: bit,
    exclusive: bit,
    noWait: bit,
    arguments: table,
  }),
  basicConsumeOk: method('basicConsumeOk', BASIC, 21, { consumerTag: shortString }),
  basicCancel: method('basicCancel', BASIC, 30, { consumerTag: shortString, noWait: bit }),
  basicCancelOk: method('basicCancelOk', BASIC, 31, { consumerTag: shortString }),
  basicPublish: method('basicPublish', BASIC, 40, {
    ticket: short,
    exchange: shortString,
    routingKey: shortString,
    mandatory: bit,
    immediate: bit,
  }),
  basicReturn: method('basicReturn', BASIC, 50, {
    replyCode: short,
    replyText: shortString,
    exchange: shortString,
    routingKey: shortString,
  }),
  basicDeliver: method('basicDeliver', BASIC, 60, {
    consumerTag: shortString,
    deliveryTag: longLong,
    redelivered: bit,
    exchange: shortString,
    routingKey: shortString,
  }),
  basicGet: method('basicGet', BASIC, 70, { ticket: short, queue: shortString, noAck: bit }),
  basicGetOk: method('basicGetOk', BASIC, 71, {
    deliveryTag: longLong,
    redelivered: bit,
    exchange: shortString,
    routingKey: shortString,
    messageCount: long,
  }),
  basicGetEmpty: method('basicGetEmpty', BASIC, 72, { clusterId: shortString }),
  basicAck: method('basicAck', BASIC, 80, { deliveryTag: longLong, multiple: bit }),
  basicReject: method('basicReject', BASIC, 90, { deliveryTag: longLong, requeue: bit }),
  basicRecoverAsync: method('basicRecoverAsync', BASIC, 100, { requeue: bit }),
  basicRecover: method('basicRecover', BASIC, 110, { requeue: bit }),
  basicRecoverOk: method('basicRecoverOk', BASIC, 111, {}),
  basicNack: method('basicNack', BASIC, 120, { deliveryTag: longLong, multiple: bit, requeue: bit }),
} as const;
