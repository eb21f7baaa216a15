import type { z } from 'zod';
import type { Call } from '../carbon/web.ts';
import { RestError } from './rest-error.ts';

const UNSUPPORTED = 'The entity of the request was in a not supported format';

/**
 * The JSON body of a call, checked.
 * @throws RestError 415 for another media type, 400 for what is no JSON or breaks the schema (with one item per finding)
 */
export const jsonBody = async <T>(call: Call, schema: z.ZodType<T>): Promise<T> => {
  if (!/^application\/json\s*(?:;|$)/i.test(call.headers['content-type'] ?? '')) {
    throw new RestError('unsupportedMediaType', UNSUPPORTED);
  }
  return checked(parseJson(await call.body()), schema);
};

/** The form of a `multipart/form-data` body. @throws RestError 415, 400 */
export const multipartBody = async (call: Call): Promise<FormData> => {
  const type = call.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) throw new RestError('unsupportedMediaType', UNSUPPORTED);
  const body = await call.body();
  try {
    return await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData();
  } catch {
    throw new RestError('badRequest', 'Malformed request body.');
  }
};

/** @throws RestError 400 with one item per finding (wire.md 7.3) */
export const checked = <T>(value: unknown, schema: z.ZodType<T>): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const items = result.error.issues.map(({ path, message }) => {
    const field = path.join('.');
    return { code: `400_${field}`, message: `${field}: ${message}`, description: '' };
  });
  throw new RestError('badRequest', 'Validation Error', items);
};

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new RestError('badRequest', 'Malformed request body.');
  }
};
