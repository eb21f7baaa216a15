import { ByteReader } from '../../../../../lab/product/amqp/byte-reader.ts';
import { AmqpFault } from './amqp-fault.ts';
import { BASIC_METHODS } from './methods-of-basic.ts';
import { CONNECTION_METHODS } from './methods-of-connection.ts';
import { TOPOLOGY_METHODS } from './methods-of-topology.ts';

/** Every method that is spoken here, by name (AMQP 0-9-1; wire.md 5.7, minimum broker). */
export const METHODS = { ...CONNECTION_METHODS, ...TOPOLOGY_METHODS, ...BASIC_METHODS } as const;

type AnyCodec = (typeof METHODS)[keyof typeof METHODS];

/** A method as it came: told apart by `name`. */
export type Method = ReturnType<AnyCodec['decode']>;

/** The one of that name. */
export type Named<N extends Method['name']> = Extract<Method, { readonly name: N }>;

/** Numbers of a method, as `close` quotes them. */
export type MethodId = { readonly classId: number; readonly methodId: number };

const keyOf = (classId: number, methodId: number): number => classId * 0x10000 + methodId;

const BY_NUMBER: ReadonlyMap<number, AnyCodec> = new Map(
  Object.values(METHODS).map((codec) => [keyOf(codec.classId, codec.methodId), codec]),
);

/**
 * Reads the payload of a method frame.
 * @throws AmqpFault 540 for a method that is not spoken here, such as those of `tx`
 * @throws Malformed
 */
export const decodeMethod = (payload: Buffer): Method => {
  const reader = new ByteReader(payload);
  const classId = reader.uint16();
  const methodId = reader.uint16();
  const codec = BY_NUMBER.get(keyOf(classId, methodId));
  if (!codec) throw new AmqpFault('notImplemented', `method ${classId}.${methodId} is not simulated`);
  return codec.decode(reader);
};
