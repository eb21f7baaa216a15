import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import { defaultOperations, operation } from './operation.ts';
import { scopeSchema } from './scope.ts';

/** What the latin1 columns hold. */
const LATIN1 = /^[\x20-\x7e\xa0-\xff]*$/;
/** Characters a name, version or context must not have; they would break URLs, file names or synapse names. */
const NAME = /^[^~!@#;:%^*()+={}|\\<>"',&$[\]/\s]+$/;
const VERSION = /^[^~!@#;:%^*()+={}|\\<>"',&/$[\]\s]+$/;
const CONTEXT = /^\/?(?:[\w.~-]|\{version\})+(?:\/(?:[\w.~-]|\{version\})+)*$/;
/** The version takes one place in a context: the column has room for no more. */
const ONE_VERSION = /^(?!.*\{version\}.*\{version\})/;

const text = z.string().nullish();
const texts = z.array(z.string());
/** A field that clients leave out or send as null; either way the default stands. */
const orDefault = <T extends z.ZodType>(schema: T, fallback: () => z.output<T>) =>
  schema.nullish().transform((value): z.output<T> => (value === null || value === undefined ? fallback() : value));

/** CORS of an API that says nothing about it: switched off, with these lists ready. */
const corsDefaults = () => ({
  corsConfigurationEnabled: false,
  accessControlAllowOrigins: ['*'],
  accessControlAllowCredentials: false,
  accessControlAllowHeaders: ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction'],
  accessControlAllowMethods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
});

const cors = z.object({
  corsConfigurationEnabled: orDefault(z.boolean(), () => false),
  accessControlAllowOrigins: orDefault(texts, () => corsDefaults().accessControlAllowOrigins),
  accessControlAllowCredentials: orDefault(z.boolean(), () => false),
  accessControlAllowHeaders: orDefault(texts, () => corsDefaults().accessControlAllowHeaders),
  accessControlAllowMethods: orDefault(texts, () => corsDefaults().accessControlAllowMethods),
});

/** The fields of an API that clients may set, with their defaults (wire.md 7.2); others are taken no notice of. */
export const apiFields = (version: Version) =>
  z.object({
    name: z.string().min(1).max(50).regex(LATIN1).regex(NAME),
    context: z.string().min(1).max(200).regex(CONTEXT).regex(ONE_VERSION),
    version: z.string().min(1).max(30).regex(LATIN1).regex(VERSION),
    provider: z.string().max(200).nullish(),
    description: text,
    type: orDefault(z.enum(['HTTP', 'WS', 'SOAPTOREST', 'SOAP', 'GRAPHQL']), () => 'HTTP' as const),
    isDefaultVersion: orDefault(z.boolean(), () => false),
    enableSchemaValidation: orDefault(z.boolean(), () => false),
    responseCachingEnabled: orDefault(z.boolean(), () => false),
    /** Seconds. */
    cacheTimeout: orDefault(z.int().min(0), () => 300),
    transport: orDefault(z.array(z.enum(['http', 'https', 'ws', 'wss'])), () => ['http' as const, 'https' as const]),
    tags: orDefault(texts, () => []),
    /** Subscription policies. */
    policies: orDefault(texts, () => []),
    apiThrottlingPolicy: z.string().max(256).regex(LATIN1).nullish(),
    authorizationHeader: orDefault(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/), () => 'Authorization'),
    securityScheme: orDefault(texts, () => ['oauth2', 'oauth_basic_auth_api_key_mandatory']),
    maxTps: z.object({ production: z.number().nullish(), sandbox: z.number().nullish() }).nullish(),
    visibility: orDefault(z.enum(['PUBLIC', 'PRIVATE', 'RESTRICTED']), () => 'PUBLIC' as const),
    visibleRoles: orDefault(texts, () => []),
    visibleTenants: orDefault(texts, () => []),
    gatewayEnvironments: texts.nullish(),
    labels: orDefault(texts, () => []),
    subscriptionAvailability: orDefault(
      z.enum(['CURRENT_TENANT', 'ALL_TENANTS', 'SPECIFIC_TENANTS']),
      () => 'CURRENT_TENANT' as const,
    ),
    subscriptionAvailableTenants: orDefault(texts, () => []),
    additionalProperties: orDefault(z.record(z.string(), z.string()), () => ({})),
    accessControl: orDefault(z.enum(['NONE', 'RESTRICTED']), () => 'NONE' as const),
    accessControlRoles: orDefault(texts, () => []),
    businessInformation: orDefault(z.record(z.string(), text), () => ({})),
    corsConfiguration: orDefault(cors, corsDefaults),
    endpointConfig: z.record(z.string(), z.json()).nullish(),
    endpointImplementationType: orDefault(z.enum(['INLINE', 'ENDPOINT']), () => 'ENDPOINT' as const),
    scopes: orDefault(z.array(scopeSchema(version)), () => []),
    operations: z
      .array(operation)
      .nullish()
      .transform((operations) => (operations && operations.length > 0 ? operations : defaultOperations())),
    ...(version === '3.0.0' ? {} : { categories: orDefault(texts, () => []) }),
    ...(version === '3.2.0' ? { keyManagers: orDefault(texts, () => ['all']) } : {}),
  });

/** What a client says about an API; `provider` is settled elsewhere. */
export type ApiFields = z.infer<ReturnType<typeof apiFields>>;
