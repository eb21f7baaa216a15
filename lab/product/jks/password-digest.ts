import { createHash } from 'node:crypto';
import { JKS } from './format.ts';

/** SHA-1 over the password, as Java hashes its chars (UTF-16, big-endian), followed by the parts. */
export const passwordDigest = (password: string, ...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16());
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The last 20 bytes of a JKS file: they prove its content and the store password at once. */
export const integrityDigest = (content: Buffer, storePassword: string): Buffer =>
  passwordDigest(storePassword, Buffer.from(JKS.whitener, 'ascii'), content);
