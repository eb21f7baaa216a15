import { type ByteReader, NAME_LIMIT, readBytes } from './byte-reader.ts';

/** First byte of a request frame (wire.md 5.1). */
const TYPES = { login: 0, logout: 1, publish: 2 } as const;

/** Type and length of the body. */
export const REQUEST_HEADER = 5;

/** A request frame, its body not read yet. */
export type Frame = { readonly type: number; readonly body: Buffer };

export type Request =
  | { readonly kind: 'login'; readonly username: string; readonly password: string }
  | { readonly kind: 'logout'; readonly sessionId: string }
  /** The events stay as they are: they are read only once the session is known. */
  | { readonly kind: 'publish'; readonly sessionId: string; readonly events: ByteReader };

/** Asks for a session. */
export const encodeLogin = (username: string, password: string): Buffer => {
  const [user, secret] = [Buffer.from(username), Buffer.from(password)];
  return frame(TYPES.login, [int32(user.length), int32(secret.length), user, secret]);
};

/** Ends a session. */
export const encodeLogout = (sessionId: string): Buffer => {
  const id = Buffer.from(sessionId);
  return frame(TYPES.logout, [int32(id.length), id]);
};

/** Hands over events, each as `encodeEvent` made it: written into one buffer, for there are many in a second. */
export const encodePublish = (sessionId: string, events: readonly Buffer[]): Buffer => {
  const id = Buffer.from(sessionId);
  const length = events.reduce((sum, event) => sum + 4 + event.length, 4 + id.length + 4);
  const bytes = Buffer.allocUnsafe(REQUEST_HEADER + length);
  let offset = bytes.writeUInt8(TYPES.publish, 0);
  offset = bytes.writeInt32BE(length, offset);
  offset = bytes.writeInt32BE(id.length, offset);
  offset += id.copy(bytes, offset);
  offset = bytes.writeInt32BE(events.length, offset);
  for (const event of events) {
    offset = bytes.writeInt32BE(event.length, offset);
    offset += event.copy(bytes, offset);
  }
  return bytes;
};

/**
 * Reads a request; undefined for a type that does not exist.
 * @throws MalformedMessage lengths that do not fit into the body
 */
export const decodeRequest = ({ type, body }: Frame): Request | undefined => {
  const bytes = readBytes(body);
  switch (type) {
    case TYPES.login: {
      const [userLength, passwordLength] = [bytes.int32(), bytes.int32()];
      return { kind: 'login', username: bytes.text(userLength, NAME_LIMIT), password: bytes.text(passwordLength) };
    }
    case TYPES.logout:
      return { kind: 'logout', sessionId: bytes.text(bytes.int32(), NAME_LIMIT) };
    case TYPES.publish:
      return { kind: 'publish', sessionId: bytes.text(bytes.int32(), NAME_LIMIT), events: bytes };
    default:
      return undefined;
  }
};

const frame = (type: number, parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(type), int32(body.length), body]);
};

const int32 = (value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
};
