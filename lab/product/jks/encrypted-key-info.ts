import { JksError } from './jks-error.ts';

/**
 * EncryptedPrivateKeyInfo (RFC 5208, section 6) for Sun's key protector:
 * `SEQUENCE { SEQUENCE { OID 1.3.6.1.4.1.42.2.17.1.1, NULL }, OCTET STRING }`. Its only variable part is the octets.
 */
const ALGORITHM = Buffer.from('300e060a2b060104012a021101010500', 'hex');
const SEQUENCE = 0x30;
const OCTET_STRING = 0x04;

/** Wraps the octets. */
export const encodeOctets = (octets: Buffer): Buffer =>
  element(SEQUENCE, Buffer.concat([ALGORITHM, element(OCTET_STRING, octets)]));

/**
 * Takes the octets out again.
 * @throws JksError `damaged` when the DER is not of this form
 */
export const decodeOctets = (der: Buffer): Buffer => {
  const content = contentOf(SEQUENCE, der);
  if (!content.subarray(0, ALGORITHM.length).equals(ALGORITHM))
    throw new JksError('damaged', "the key is not protected by Sun's key protector");
  return contentOf(OCTET_STRING, content.subarray(ALGORITHM.length));
};

const element = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);

const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.from([length]);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
};

/** Sizes are in DER's definite form only: 0x80, "until the end marker", is BER. */
const INDEFINITE = 0x80;

const contentOf = (tag: number, der: Buffer): Buffer => {
  const [actual, first = 0] = der;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = 2 + lengthBytes;
  if (actual !== tag || first === INDEFINITE || lengthBytes > 4 || der.length < start)
    throw new JksError('damaged', 'the key entry is not DER');
  const length = lengthBytes === 0 ? first : der.readUIntBE(2, lengthBytes);
  if (der.length < start + length) throw new JksError('damaged', 'the key entry is cut off');
  return der.subarray(start, start + length);
};
