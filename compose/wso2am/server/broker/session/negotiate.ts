import { LIMITS } from '../limits.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import type { FieldTable } from '../wire/field-table.ts';
import type { FrameSink } from '../wire/frame-sink.ts';
import type { FrameSource } from '../wire/frame-source.ts';
import { PROTOCOL_HEADER } from '../wire/frames.ts';
import { METHODS } from '../wire/methods.ts';
import { readPlainResponse } from './plain-response.ts';

/** Whether these are credentials of a user. Rejects when that cannot be found out. */
export type AuthenticateUser = (username: string, password: string) => Promise<boolean>;

export type Negotiated = {
  readonly user: string;
  readonly frameMax: number;
  readonly channelMax: number;
  /** Seconds; 0 for none. */
  readonly heartbeat: number;
  /** Whether the client knows `basic.cancel` from the server. */
  readonly hearsCancel: boolean;
};

export type NegotiationTerms = {
  readonly authenticate: AuthenticateUser;
  /** Seconds offered in `tune`. */
  readonly heartbeat: number;
  readonly productVersion: string;
};

/** The one virtual host; an Andes client puts a slash before it (wire.md 5.7). */
const VIRTUAL_HOST = 'carbon';

/**
 * The server's side from the protocol header to `open-ok`; `undefined` for a peer that left meanwhile or speaks something else.
 * Every method is sent only when the one before it was answered, as the Andes server does it.
 * @throws AmqpFault, Malformed
 */
export const negotiate = async (
  source: FrameSource,
  sink: FrameSink,
  terms: NegotiationTerms,
): Promise<Negotiated | undefined> => {
  const header = await source.bytes(PROTOCOL_HEADER.length);
  if (!header) return undefined;
  if (!header.equals(PROTOCOL_HEADER)) {
    sink.bytes(PROTOCOL_HEADER);
    return undefined;
  }

  sink.method(0, METHODS.connectionStart.encode(startOf(terms.productVersion)));
  const startOk = await source.expect('connectionStartOk');
  if (!startOk) return undefined;
  const user = await userOf(startOk.fields, terms.authenticate);

  const { frameMax, channelMax } = LIMITS;
  sink.method(0, METHODS.connectionTune.encode({ channelMax, frameMax, heartbeat: terms.heartbeat }));
  const tuneOk = await source.expect('connectionTuneOk');
  if (!tuneOk) return undefined;
  const tuned = tunedBy(tuneOk.fields);
  source.frameMax = tuned.frameMax;

  const open = await source.expect('connectionOpen');
  if (!open) return undefined;
  const { virtualHost } = open.fields;
  if (virtualHost.replace(/^\//, '') !== VIRTUAL_HOST)
    throw new AmqpFault('notFound', `Unknown virtual host: '${virtualHost.replace(/^\//, '')}'`, 'connection');
  sink.method(0, METHODS.connectionOpenOk.encode({ knownHosts: virtualHost }));
  return { user, ...tuned, hearsCancel: hearsCancel(startOk.fields.clientProperties) };
};

const startOf = (version: string) => ({
  versionMajor: 0,
  versionMinor: 9,
  serverProperties: new Map<string, string | FieldTable>([
    ['product', 'apim-lab broker'],
    ['version', version],
    // The names are RabbitMQ's; its clients look here for what goes beyond the specification.
    [
      'capabilities',
      new Map(['publisher_confirms', 'basic.nack', 'consumer_cancel_notify'].map((name) => [name, true])),
    ],
  ]),
  mechanisms: Buffer.from('PLAIN'),
  locales: Buffer.from('en_US'),
});

/** Wrong credentials get 530 "not allowed", as from Andes; RabbitMQ's would be 403 (wire.md 13, AND, ConnectionStartOkMethodHandler). */
const userOf = async (
  { mechanism, response }: { readonly mechanism: string; readonly response: Buffer },
  authenticate: AuthenticateUser,
): Promise<string> => {
  if (mechanism !== 'PLAIN') throw new AmqpFault('resourceError', `Unable to create SASL Server:${mechanism}`);
  const credentials = readPlainResponse(response);
  if (!credentials || !(await authenticate(credentials.username, credentials.password)))
    throw new AmqpFault('notAllowed', 'not allowed');
  return credentials.username;
};

/** A client may ask for less than it is offered; 0 stands for no limit of its own. */
const tunedBy = ({ channelMax, frameMax, heartbeat }: Record<'channelMax' | 'frameMax' | 'heartbeat', number>) => {
  if (frameMax > LIMITS.frameMax || (frameMax !== 0 && frameMax < LIMITS.frameMin))
    throw new AmqpFault('notAllowed', `frame-max ${frameMax} is not between ${LIMITS.frameMin} and ${LIMITS.frameMax}`);
  return {
    frameMax: frameMax === 0 ? LIMITS.frameMax : frameMax,
    channelMax: channelMax === 0 ? LIMITS.channelMax : Math.min(channelMax, LIMITS.channelMax),
    heartbeat,
  };
};

const hearsCancel = (clientProperties: FieldTable): boolean => {
  const capabilities = clientProperties.get('capabilities');
  return capabilities instanceof Map && capabilities.get('consumer_cancel_notify') === true;
};
