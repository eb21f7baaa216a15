import { z } from 'zod';

/** Security of a resource as the REST API writes it, with what stands in AM_API_URL_MAPPING.AUTH_SCHEME. */
export const AUTH_SCHEMES = {
  'Application & Application User': 'Any',
  Application: 'Application',
  'Application User': 'Application_User',
  None: 'None',
} as const;

export type AuthType = keyof typeof AUTH_SCHEMES;

const AUTH_TYPES = Object.keys(AUTH_SCHEMES) as AuthType[];

export const DEFAULT_AUTH_TYPE: AuthType = 'Application & Application User';

/** Policy without limit, which exists at every level. */
export const UNLIMITED = 'Unlimited';

export const VERBS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const;

const latin1 = /^[\x20-\x7e\xa0-\xff]*$/;

/** Lengths are those of the columns of AM_API_URL_MAPPING. */
export const operation = z.object({
  id: z.string().default(''),
  target: z.string().min(1).max(512).regex(latin1).startsWith('/'),
  verb: z.enum(VERBS),
  authType: z.enum(AUTH_TYPES).default(DEFAULT_AUTH_TYPE),
  throttlingPolicy: z.string().max(512).regex(latin1).default(UNLIMITED),
  scopes: z
    .array(
      z
        .string()
        .max(255)
        .regex(/^[\x21-\x7e]+$/),
    )
    .default([]),
});

/** One verb of one URI template. */
export type Operation = z.infer<typeof operation>;

/** What an HTTP API gets that names no operation: every verb of any path. */
export const defaultOperations = (): Operation[] =>
  (['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const).map((verb) => ({
    id: '',
    target: '/*',
    verb,
    authType: DEFAULT_AUTH_TYPE,
    throttlingPolicy: UNLIMITED,
    scopes: [],
  }));
