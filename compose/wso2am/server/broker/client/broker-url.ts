import { LISTENERS } from '../../../../../lab/product/ports.ts';

/** One broker of a connection URL. */
export type BrokerAddress = {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** How often it is tried again before the next one's turn. */
  readonly retries: number;
  /** Milliseconds between two tries. */
  readonly connectDelay: number;
};

export type BrokerUrl = {
  readonly username: string;
  readonly password: string;
  readonly virtualHost: string;
  /** A failover list: the first that answers is taken (wire.md 5.7). */
  readonly brokers: readonly BrokerAddress[];
};

const URL_FORM = /^amqp:\/\/(.+?):(.*)@[^@/]*\/([^?]+)\?(.*)$/;
const BROKER_FORM = /^(?:(tcp|ssl):\/\/)?(\[[^\]]+\]|[^:?/]+)(?::(\d+))?(?:\?(.*))?$/;

/** What the product's URL says itself holds in its absence too (configuration.md 5.6). */
const RETRIES = 5;
const CONNECT_DELAY = 50;

/**
 * Reads `amqp://user:password@clientid/carbon?brokerlist='tcp://a:5672?retries='5'%26connectdelay='50';tcp://b:5672?...'`, the
 * form that Andes' JNDI factory takes. Its quotes nest, and `%26` stands for `&`. A broker whose `ssl` option is true, or whose
 * scheme is ssl, is reached over TLS.
 * @throws Error a URL of another form, or one without brokers
 */
export const parseBrokerUrl = (url: string): BrokerUrl => {
  const [, username, password, virtualHost, options = ''] = URL_FORM.exec(url) ?? [];
  const list = /brokerlist='(.*)'/.exec(options)?.[1];
  if (username === undefined || password === undefined || virtualHost === undefined || list === undefined)
    throw new Error('the connection URL is not amqp://user:password@clientid/carbon?brokerlist=...');
  const brokers = list
    .split(';')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '')
    .map(parseBroker);
  if (brokers.length === 0) throw new Error('the connection URL names no broker');
  return { username, password, virtualHost, brokers };
};

const parseBroker = (text: string): BrokerAddress => {
  const [, scheme = 'tcp', host, port, options = ''] = BROKER_FORM.exec(text) ?? [];
  if (host === undefined) throw new Error(`the connection URL has a broker that is no address: ${text}`);
  const option = (name: string): string | undefined => new RegExp(`${name}='([^']*)'`).exec(options)?.[1];
  const tls = scheme === 'ssl' || option('ssl') === 'true';
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? LISTENERS[tls ? 'amqps' : 'amqp'].base : Number(port),
    tls,
    retries: Number(option('retries') ?? RETRIES),
    connectDelay: Number(option('connectdelay') ?? CONNECT_DELAY),
  };
};
