export type PlainCredentials = { readonly username: string; readonly password: string };

/** Reads the SASL PLAIN response `authzid NUL authcid NUL passwd` (RFC 4616); undefined for anything else. */
export const readPlainResponse = (response: Buffer): PlainCredentials | undefined => {
  const [, username, password, ...more] = response.toString().split('\0');
  return username && password !== undefined && more.length === 0 ? { username, password } : undefined;
};

/** The response of a client that acts for itself. */
export const plainResponse = ({ username, password }: PlainCredentials): Buffer =>
  Buffer.from(`\0${username}\0${password}`);
