import { z } from 'zod';
import type { KeyManagerRow } from '../../devportal/stores/key-managers.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Fields of the body that are texts, and the settings they are kept as (carbon-apimgt, KeyManagerMappingUtil). */
const TEXTS = {
  introspectionEndpoint: 'introspection_endpoint',
  clientRegistrationEndpoint: 'client_registration_endpoint',
  tokenEndpoint: 'token_endpoint',
  revokeEndpoint: 'revoke_endpoint',
  userInfoEndpoint: 'userinfo_endpoint',
  authorizeEndpoint: 'authorize_endpoint',
  scopeManagementEndpoint: 'scope_endpoint',
  issuer: 'issuer',
  consumerKeyClaim: 'consumer_key_claim',
  scopesClaim: 'scopes_claim',
} as const;

/** The same of flags, with what counts where the body does not say. */
const FLAGS = {
  enableTokenGeneration: ['enable_token_generation', true],
  enableTokenEncryption: ['enable_token_encryption', false],
  enableTokenHashing: ['enable_token_hash', false],
  enableMapOAuthConsumerApps: ['enable_map_oauth_consumer_apps', false],
  enableOAuthAppCreation: ['enable_oauth_app_creation', false],
  enableSelfValidationJWT: ['self_validate_jwt', true],
} as const;

const GRANTS = 'grant_types';
const CLAIMS = 'claim_mappings';
const TOKEN_FORMATS = 'token_format_string';
const CERTIFICATE_TYPE = 'certificate_type';
const CERTIFICATE_VALUE = 'certificate_value';

const text = z.string().max(1024).nullish();
const flag = z.boolean().nullish();
const ofEach = <K extends string, T>(fields: Readonly<Record<K, unknown>>, schema: T) =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, schema])) as Record<K, T>;

/** How tokens of the Key Manager are told from those of others. */
const tokenValidation = z.object({
  id: z.int().nullish(),
  enable: z.boolean().default(true),
  type: z.enum(['REFERENCE', 'JWT', 'CUSTOM']),
  value: z.unknown(),
});

/** The body of `POST` and `PUT`. Columns of AM_KEY_MANAGER set the lengths. */
export const keyManagerBody = z.object({
  name: z.string().trim().min(1).max(100),
  displayName: z.string().max(100).nullish(),
  type: z.string().min(1).max(45),
  description: z.string().max(256).nullish(),
  enabled: z.boolean().nullish(),
  ...ofEach(TEXTS, text),
  ...ofEach(FLAGS, flag),
  /** PEM in base64, or the URL of a JWKS. */
  certificates: z.object({ type: z.enum(['JWKS', 'PEM']), value: z.string().max(16_384) }).nullish(),
  availableGrantTypes: z.array(z.string().max(255)).max(50).nullish(),
  claimMapping: z
    .array(z.object({ remoteClaim: z.string(), localClaim: z.string() }))
    .max(100)
    .nullish(),
  tokenValidation: z.array(tokenValidation).max(50).nullish(),
  additionalProperties: z.record(z.string(), z.unknown()).nullish(),
});

export type KeyManagerBody = z.infer<typeof keyManagerBody>;

/** The settings of a Key Manager as the table and the gateways have them. */
export const settingsOf = (body: KeyManagerBody): Settings => {
  const texts = entriesOf(TEXTS).flatMap(([field, key]) => (body[field] ? [[key, body[field]] as const] : []));
  const flags = entriesOf(FLAGS).map(([field, [key, preset]]) => [key, body[field] ?? preset] as const);
  const { certificates, availableGrantTypes, claimMapping } = body;
  return {
    ...body.additionalProperties,
    ...Object.fromEntries([...texts, ...flags]),
    ...(certificates && { [CERTIFICATE_TYPE]: certificates.type, [CERTIFICATE_VALUE]: certificates.value }),
    ...(availableGrantTypes && { [GRANTS]: availableGrantTypes }),
    ...(claimMapping && { [CLAIMS]: claimMapping }),
    // A list as text: so it is in the product.
    ...(body.tokenValidation && { [TOKEN_FORMATS]: JSON.stringify(body.tokenValidation) }),
  };
};

/** An entry of the list. */
export const keyManagerInfo = ({ id, name, type, description, enabled }: KeyManagerRow): object => ({
  id,
  name,
  type,
  description,
  enabled,
});

/** A whole Key Manager; settings without a field of their own are additional properties. */
export const keyManagerOut = (row: KeyManagerRow): object => {
  const { configuration: settings } = row;
  const named = new Set<string>([
    ...Object.values(TEXTS),
    ...Object.values(FLAGS).map(([key]) => key),
    ...[GRANTS, CLAIMS, TOKEN_FORMATS, CERTIFICATE_TYPE, CERTIFICATE_VALUE],
  ]);
  return {
    ...keyManagerInfo(row),
    displayName: row.displayName,
    ...Object.fromEntries(entriesOf(TEXTS).map(([field, key]) => [field, settings[key] ?? null])),
    ...Object.fromEntries(entriesOf(FLAGS).map(([field, [key, preset]]) => [field, settings[key] ?? preset])),
    certificates: certificatesIn(settings),
    availableGrantTypes: settings[GRANTS] ?? [],
    claimMapping: settings[CLAIMS] ?? [],
    tokenValidation: tokenFormatsIn(settings),
    additionalProperties: Object.fromEntries(Object.entries(settings).filter(([key]) => !named.has(key))),
  };
};

const certificatesIn = (settings: Settings): object | null =>
  settings[CERTIFICATE_TYPE] === undefined || settings[CERTIFICATE_VALUE] === undefined
    ? null
    : { type: settings[CERTIFICATE_TYPE], value: settings[CERTIFICATE_VALUE] };

const tokenFormatsIn = (settings: Settings): unknown => {
  const formats = settings[TOKEN_FORMATS];
  return typeof formats === 'string' ? JSON.parse(formats) : [];
};

const entriesOf = <K extends string, T>(fields: Readonly<Record<K, T>>): readonly (readonly [K, T])[] =>
  Object.keys(fields).map((field) => [field as K, fields[field as K]]);
