import * as z from 'zod/mini';

const objects = z.record(z.string(), z.unknown());

/** The object in a field of a message that carries JSON in base64 (wire.md 5.9). @throws for anything else */
export const readEncodedJson = (base64: string): Readonly<Record<string, unknown>> =>
  z.parse(objects, JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
