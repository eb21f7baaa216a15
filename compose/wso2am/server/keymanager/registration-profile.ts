import { z } from 'zod';

/** What the latin1 columns hold and no log or header trips over. */
const PRINTABLE = /^[\x20-\x7e\xa0-\xff]*$/;
/** Goes into the header `Location` as it is. */
const URL_TEXT = /^[\x21-\x7e]*$/;

const text = (longest: number) => z.string().max(longest).regex(PRINTABLE);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish();

/**
 * The body of a registration (wire.md 1.1); fields that are not known are taken no notice of. Lengths are those of the
 * columns: SP_APP, IDN_OAUTH_CONSUMER_APPS.
 */
export const registrationProfile = z.object({
  clientName: text(255).trim().min(1),
  owner: text(255).min(1),
  callbackUrl: optional(z.string().max(2048).regex(URL_TEXT)),
  grantType: optional(text(1024)),
  saasApp: optional(z.boolean()),
  tokenType: optional(text(255)),
});

export type RegistrationProfile = z.infer<typeof registrationProfile>;
