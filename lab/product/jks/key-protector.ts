import { randomBytes } from 'node:crypto';
import { decodeOctets, encodeOctets } from './encrypted-key-info.ts';
import { JksError } from './jks-error.ts';
import { passwordDigest } from './password-digest.ts';

/** The salt is the digest's first block and the check sum is a digest too: SHA-1, 20 bytes each. */
const SALT_BYTES = 20;
const CHECK_BYTES = 20;

/**
 * Protects a private key as a JKS key entry wants it: the key is XORed with a chain of SHA-1 digests of its password and a
 * salt, and followed by a digest of password and key (Sun's proprietary algorithm 1.3.6.1.4.1.42.2.17.1.1).
 * Weak by today's measure, but the only one that JKS knows.
 *
 * @param pkcs8 DER of the key
 * @param salt 20 bytes; give the same ones to get the same result
 * @returns DER of an EncryptedPrivateKeyInfo
 */
export const protectKey = (pkcs8: Buffer, keyPassword: string, salt: Buffer = randomBytes(SALT_BYTES)): Buffer => {
  if (salt.length !== SALT_BYTES) throw new RangeError(`the salt must be ${SALT_BYTES} bytes, not ${salt.length}`);
  return encodeOctets(
    Buffer.concat([salt, xorWithDigests(pkcs8, keyPassword, salt), passwordDigest(keyPassword, pkcs8)]),
  );
};

/**
 * The reverse of `protectKey`.
 *
 * @returns DER of the PKCS#8 key
 * @throws JksError `wrong-key-password`, or `damaged` when the bytes are something else
 */
export const recoverKey = (protectedKey: Buffer, keyPassword: string): Buffer => {
  const octets = decodeOctets(protectedKey);
  if (octets.length <= SALT_BYTES + CHECK_BYTES) throw new JksError('damaged', 'the protected key is cut off');
  const salt = octets.subarray(0, SALT_BYTES);
  const encrypted = octets.subarray(SALT_BYTES, -CHECK_BYTES);
  const pkcs8 = xorWithDigests(encrypted, keyPassword, salt);
  if (!passwordDigest(keyPassword, pkcs8).equals(octets.subarray(-CHECK_BYTES)))
    throw new JksError('wrong-key-password', 'the key password is wrong');
  return pkcs8;
};

const xorWithDigests = (bytes: Buffer, password: string, salt: Buffer): Buffer => {
  const result = Buffer.from(bytes);
  let block = salt;
  for (let start = 0; start < result.length; start += block.length) {
    block = passwordDigest(password, block);
    for (const [index, mask] of block.entries()) {
      const byte = result[start + index];
      if (byte !== undefined) result[start + index] = byte ^ mask;
    }
  }
  return result;
};
