import { randomUUID } from 'node:crypto';
import { LIMITS } from '../limits.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import { Exchange, type ExchangeTraits, type ExchangeType } from './exchange.ts';
import type { Message } from './message.ts';
import { Queue, type QueueTraits } from './queue.ts';

/** Exchanges that are always there; the one without a name reaches every queue by its name (AMQP 0-9-1, 3.1.3). */
const STANDARD: readonly (readonly [name: string, type: ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
];

const RESERVED = /^amq\./;

/** Exchanges, queues and bindings; nothing outlives the process, `durable` or not. */
export class VirtualHost {
  readonly #exchanges = new Map<string, Exchange>();
  readonly #queues = new Map<string, Queue>();
  readonly #onDrop: (queue: Queue) => void;

  /** @param onDrop a queue was full and lost its oldest message */
  constructor(onDrop: (queue: Queue) => void) {
    this.#onDrop = onDrop;
    for (const [name, type] of STANDARD)
      this.#exchanges.set(name, new Exchange({ name, type, durable: true, autoDelete: false }));
  }

  get queues(): Iterable<Queue> {
    return this.#queues.values();
  }

  /** @throws AmqpFault 404 */
  exchange(name: string): Exchange {
    const exchange = this.#exchanges.get(name);
    if (!exchange) throw new AmqpFault('notFound', `Unknown exchange: ${name}`);
    return exchange;
  }

  /** @throws AmqpFault 403 a reserved name; 530 there with another type; 406 with other traits */
  declareExchange(traits: ExchangeTraits): void {
    const there = this.#exchanges.get(traits.name);
    if (there) {
      requireSameExchange(there.traits, traits);
      return;
    }
    if (RESERVED.test(traits.name)) throw new AmqpFault('accessRefused', `exchange name '${traits.name}' is reserved`);
    if (this.#exchanges.size >= LIMITS.exchanges) throw new AmqpFault('resourceError', 'too many exchanges');
    this.#exchanges.set(traits.name, new Exchange(traits));
  }

  /** Deleting what is not there is fine. @throws AmqpFault 403 a standard exchange; 406 in use */
  deleteExchange(name: string, ifUnused: boolean): void {
    if (name === '' || RESERVED.test(name)) throw new AmqpFault('accessRefused', `exchange '${name}' is reserved`);
    if (ifUnused && this.#exchanges.get(name)?.isUsed)
      throw new AmqpFault('preconditionFailed', `exchange '${name}' is in use`);
    this.#exchanges.delete(name);
  }

  /** A queue that this connection may use. @throws AmqpFault 404; 405 exclusive to another connection */
  queue(name: string, connection: object): Queue {
    const queue = this.#queues.get(name.toLowerCase());
    if (!queue) throw new AmqpFault('notFound', `Queue: ${name} not found on VirtualHost(carbon).`);
    requireAccess(queue, connection);
    return queue;
  }

  /**
   * The queue with these traits, made where it is missing; one without a name gets one. Names are lower-cased (wire.md 5.7).
   * @throws AmqpFault 403 a reserved name; 405 exclusive to another connection; 406 there with other traits
   */
  declareQueue(wanted: QueueTraits, connection: object): Queue {
    const name = wanted.name === '' ? `tmp_${randomUUID()}` : wanted.name.toLowerCase();
    const there = this.#queues.get(name);
    if (there) {
      requireAccess(there, connection);
      requireSameQueue(there.traits, wanted);
      return there;
    }
    if (RESERVED.test(name)) throw new AmqpFault('accessRefused', `queue name '${name}' is reserved`);
    if (this.#queues.size >= LIMITS.queues) throw new AmqpFault('resourceError', 'too many queues');
    const queue = new Queue({ ...wanted, name }, this.#onDrop);
    this.#queues.set(name, queue);
    this.exchange('').bind(queue, name);
    return queue;
  }

  deleteQueue(queue: Queue): void {
    this.#queues.delete(queue.traits.name);
    for (const exchange of [...this.#exchanges.values()]) if (exchange.forget(queue)) this.#deleteUnused(exchange);
    queue.close();
  }

  /** @throws AmqpFault 403 the exchange without a name; 404; 506 */
  bind(queue: Queue, exchange: string, key: string): void {
    this.#bindable(exchange).bind(queue, key.toLowerCase());
  }

  /** Taking off a binding that is not there is fine. @throws AmqpFault 403 the exchange without a name; 404 */
  unbind(queue: Queue, exchange: string, key: string): void {
    const bound = this.#bindable(exchange);
    if (bound.unbind(queue, key.toLowerCase())) this.#deleteUnused(bound);
  }

  /** Drops what belonged to a connection that is gone. */
  deleteQueuesOf(connection: object): void {
    for (const queue of [...this.#queues.values()]) if (queue.traits.owner === connection) this.deleteQueue(queue);
  }

  /** Puts a message into every queue its key leads to; returns whether there is any. @throws AmqpFault 404 */
  publish(message: Message): boolean {
    const routed = { ...message, routingKey: message.routingKey.toLowerCase() };
    const queues = this.exchange(message.exchange).route(routed.routingKey);
    for (const queue of queues) queue.push(routed);
    return queues.length > 0;
  }

  #bindable(name: string): Exchange {
    if (name === '') throw new AmqpFault('accessRefused', 'the bindings of the default exchange cannot be changed');
    return this.exchange(name);
  }

  #deleteUnused({ traits, isUsed }: Exchange): void {
    if (traits.autoDelete && !isUsed) this.#exchanges.delete(traits.name);
  }
}

const requireAccess = ({ traits }: Queue, connection: object): void => {
  if (traits.owner !== undefined && traits.owner !== connection)
    throw new AmqpFault('resourceLocked', `Queue ${traits.name} is exclusive, but not created on this Connection.`);
};

const requireSameExchange = (there: ExchangeTraits, wanted: ExchangeTraits): void => {
  if (there.type !== wanted.type)
    throw new AmqpFault(
      'notAllowed',
      `Attempt to redeclare exchange: ${there.name} of type ${there.type} to ${wanted.type}.`,
    );
  // Andes declares amq.topic with all bits off and means no harm by it (wire.md 13, AND, BasicMessageProducer_0_8).
  if (!RESERVED.test(there.name) && (there.durable !== wanted.durable || there.autoDelete !== wanted.autoDelete))
    throw new AmqpFault('preconditionFailed', `exchange '${there.name}' is there with other properties`);
};

const requireSameQueue = (there: QueueTraits, wanted: QueueTraits): void => {
  const differs = (['durable', 'autoDelete'] as const).find((trait) => there[trait] !== wanted[trait]);
  const exclusive = (there.owner === undefined) !== (wanted.owner === undefined);
  if (differs || exclusive)
    throw new AmqpFault(
      'preconditionFailed',
      `Cannot re-declare queue '${there.name}' with different ${differs ?? 'exclusivity'}`,
    );
};
