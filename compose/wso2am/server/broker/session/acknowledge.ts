import { METHODS, type Method } from '../wire/methods.ts';
import type { Channel } from './channel.ts';
import { putBack } from './deliveries.ts';

/** Settles deliveries as the client wants it; returns whether the method was one of these. @throws AmqpFault 406 */
export const acknowledge = (channel: Channel, method: Method): boolean => {
  const { deliveries, outlet } = channel;
  switch (method.name) {
    case 'basicAck':
      deliveries.settle(method.fields.deliveryTag, method.fields.multiple);
      break;
    case 'basicNack': {
      const settled = deliveries.settle(method.fields.deliveryTag, method.fields.multiple);
      if (method.fields.requeue) putBack(settled);
      break;
    }
    case 'basicReject': {
      const settled = deliveries.settle(method.fields.deliveryTag, false);
      if (method.fields.requeue) putBack(settled);
      break;
    }
    case 'basicRecover':
    case 'basicRecoverAsync':
      // Without `requeue` the same consumer should get them again; going through the queue is what RabbitMQ allows itself too.
      putBack(deliveries.settleAll());
      if (method.name === 'basicRecover') outlet.method(METHODS.basicRecoverOk.encode({}));
      break;
    default:
      return false;
  }
  channel.dispatch();
  return true;
};
