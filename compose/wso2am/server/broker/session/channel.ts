import { LIMITS } from '../limits.ts';
import type { Queue, Queued } from '../routing/queue.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import { METHODS, type Method } from '../wire/methods.ts';
import { acknowledge } from './acknowledge.ts';
import { changeTopology } from './change-topology.ts';
import { consume } from './consume.ts';
import { Deliveries, putBack } from './deliveries.ts';
import { IncomingContent, type Published } from './incoming-content.ts';
import type { Outlet } from './outlet.ts';
import type { Recipient, Subscription } from './subscription.ts';

/** One channel of a connection: its consumers, its deliveries, the message that is coming in. */
export class Channel implements Recipient {
  readonly outlet: Outlet;
  readonly deliveries = new Deliveries();
  readonly subscriptions = new Map<string, Subscription>();
  /** The one declared last: an empty queue name means it (AMQP 0-9-1, 1.7.2). */
  lastQueue = '';
  prefetch = 0;
  /** False between `channel.flow active=false` and `true`: an Andes client subscribes like that (wire.md 5.7). */
  active = true;
  readonly #content: IncomingContent;
  #published = 0;
  #confirmed: number | undefined;

  constructor(outlet: Outlet) {
    this.outlet = outlet;
    this.#content = new IncomingContent(outlet.budget);
  }

  /** @throws AmqpFault, Malformed */
  method(method: Method): void {
    if (this.#content.isOpen) throw new AmqpFault('unexpectedFrame', `${method.name} came within a message`);
    switch (method.name) {
      case 'basicPublish':
        if (method.fields.immediate) throw new AmqpFault('notImplemented', 'immediate delivery is not simulated');
        this.outlet.virtualHost.exchange(method.fields.exchange);
        this.#content.begin(method.fields);
        break;
      case 'channelFlow':
        this.active = method.fields.active;
        this.outlet.method(METHODS.channelFlowOk.encode({ active: this.active }));
        this.dispatch();
        break;
      case 'channelFlowOk':
        break;
      case 'confirmSelect':
        this.#confirmed ??= 0;
        if (!method.fields.noWait) this.outlet.method(METHODS.confirmSelectOk.encode({}));
        break;
      default:
        if (!(changeTopology(this, method) || consume(this, method) || acknowledge(this, method)))
          throw new AmqpFault('commandInvalid', `${method.name} is nothing that a client sends`);
    }
  }

  /** @throws AmqpFault, Malformed */
  header(payload: Buffer): void {
    this.#accept(this.#content.header(payload));
  }

  /** @throws AmqpFault */
  body(payload: Buffer): void {
    this.#accept(this.#content.body(payload));
  }

  /** Confirms, in one go, what was published since the last time. */
  confirm(): void {
    if (this.#confirmed === undefined || this.#confirmed === this.#published) return;
    const multiple = this.#published - this.#confirmed > 1;
    this.#confirmed = this.#published;
    this.outlet.method(METHODS.basicAck.encode({ deliveryTag: this.#published, multiple }));
  }

  mayTake(noAck: boolean): boolean {
    if (!this.active || !this.outlet.mayDeliver()) return false;
    const limit = this.prefetch === 0 ? LIMITS.unacknowledged : Math.min(this.prefetch, LIMITS.unacknowledged);
    return noAck || this.deliveries.count < limit;
  }

  deliver({ queue, tag, noAck }: Subscription, queued: Queued): void {
    const { message, redelivered } = queued;
    const deliveryTag = this.deliveries.add({ queue, queued }, noAck);
    const { exchange, routingKey } = message;
    const deliver = METHODS.basicDeliver.encode({ consumerTag: tag, deliveryTag, redelivered, exchange, routingKey });
    this.outlet.content(deliver, message);
  }

  lost({ tag }: Subscription): void {
    this.subscriptions.delete(tag);
    if (this.outlet.hearsCancel) this.outlet.method(METHODS.basicCancel.encode({ consumerTag: tag, noWait: true }));
  }

  /** Ends a consumer; an auto-delete queue goes with its last one. */
  unsubscribe({ queue, tag }: Subscription): void {
    const subscription = this.subscriptions.get(tag);
    if (!subscription) return;
    this.subscriptions.delete(tag);
    queue.removeConsumer(subscription);
    if (queue.traits.autoDelete && queue.consumerCount === 0) this.outlet.virtualHost.deleteQueue(queue);
  }

  /** Tries the queues of the channel's consumers again, after something that let it take more. */
  dispatch(): void {
    for (const queue of this.#queues()) queue.dispatch();
  }

  /** Ends the channel: what was not acknowledged goes back first, so that an auto-delete queue takes it along. */
  close(): void {
    this.#content.abandon();
    this.active = false;
    putBack(this.deliveries.settleAll());
    for (const subscription of [...this.subscriptions.values()]) this.unsubscribe(subscription);
  }

  #queues(): ReadonlySet<Queue> {
    return new Set([...this.subscriptions.values()].map(({ queue }) => queue));
  }

  #accept(published: Published | undefined): void {
    if (!published) return;
    const { message, mandatory } = published;
    const routed = this.outlet.virtualHost.publish(message);
    if (!routed && mandatory) {
      const { exchange, routingKey } = message;
      const reason = { replyCode: 312, replyText: 'NO_ROUTE' };
      this.outlet.content(METHODS.basicReturn.encode({ ...reason, exchange, routingKey }), message);
    }
    if (this.#confirmed !== undefined) this.#published += 1;
  }
}
