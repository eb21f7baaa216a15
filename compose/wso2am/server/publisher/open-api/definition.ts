import { z } from 'zod';

/** An OpenAPI (3) or Swagger (2) definition, as far as its operations matter; all else is kept as it is. */
export const openApiDefinition = z
  .looseObject({
    openapi: z.string().regex(/^3\./).optional(),
    swagger: z.literal('2.0').optional(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.record(z.string(), z.looseObject({})).default({}),
  })
  .refine(
    ({ openapi, swagger }) => (openapi === undefined) !== (swagger === undefined),
    'neither OpenAPI 3 nor Swagger 2',
  );

export type OpenApiDefinition = z.infer<typeof openApiDefinition>;

/** `openAPIVersion` of the REST API. */
export type OpenApiVersion = 'V2' | 'V3';

/** What the product writes into each operation for itself. */
export const EXTENSIONS = { authType: 'x-auth-type', throttlingPolicy: 'x-throttling-tier', scope: 'x-scope' } as const;

/** Name of the security scheme of an API's own scopes. */
export const SECURITY = 'default';
