/**
 * Java's "modified UTF-8", in which `DataOutput.writeUTF` writes aliases: each UTF-16 unit becomes one to three bytes, so
 * NUL takes two bytes and a character beyond the basic plane six. Equal to UTF-8 for everything else.
 */
export const encodeModifiedUtf8 = (text: string): Buffer =>
  Buffer.from(Array.from({ length: text.length }, (_, index) => bytesOf(text.charCodeAt(index))).flat());

const bytesOf = (unit: number): readonly number[] => {
  if (unit !== 0 && unit < 0x80) return [unit];
  if (unit < 0x800) return [0xc0 | (unit >> 6), 0x80 | (unit & 0x3f)];
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
};

/** The text of these bytes, or undefined when they are not modified UTF-8. */
export const decodeModifiedUtf8 = (bytes: Buffer): string | undefined => {
  const units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    if (first < 0x80) {
      units.push(first);
      at += 1;
    } else if (first >> 5 === 0b110 && isContinuation(second)) {
      units.push(((first & 0x1f) << 6) | (second & 0x3f));
      at += 2;
    } else if (first >> 4 === 0b1110 && isContinuation(second) && isContinuation(third)) {
      units.push(((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f));
      at += 3;
    } else {
      return undefined;
    }
  }
  return units.map((unit) => String.fromCharCode(unit)).join('');
};

const isContinuation = (byte: number | undefined): byte is number => byte !== undefined && byte >> 6 === 0b10;
