import { z } from 'zod';

/** Kinds of tokens an application takes (wire.md 1.4). */
export const TOKEN_TYPES = ['OAUTH', 'JWT'] as const;

/** An application of the Portal: a row of AM_APPLICATION. */
export type Application = {
  /** UUID of the REST API. */
  readonly id: string;
  /** `APPLICATION_ID` of the rows in apim_db. */
  readonly rowId: number;
  readonly subscriberId: number;
  /** User it belongs to, without tenant. */
  readonly owner: string;
  readonly name: string;
  readonly throttlingPolicy: string;
  readonly description: string;
  readonly status: string;
  readonly tokenType: string;
  readonly subscriptionCount: number;
};

const LATIN1 = /^[\x20-\x7e\xa0-\xff]*$/;

/**
 * What a client says about an application (wire.md 7.2, step 5); other fields are taken no notice of. Lengths are those of the
 * columns of AM_APPLICATION.
 */
export const applicationFields = z.object({
  name: z.string().trim().min(1).max(100).regex(LATIN1),
  throttlingPolicy: z.string().min(1).max(50).regex(LATIN1),
  description: z
    .string()
    .max(512)
    .regex(/^[\s\x20-\x7e\xa0-\xff]*$/)
    .nullish(),
  tokenType: z.enum(TOKEN_TYPES).nullish(),
});

/** Token type of an application that names none (wire.md 1.4). */
export const DEFAULT_TOKEN_TYPE = 'JWT';
