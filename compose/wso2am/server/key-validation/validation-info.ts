import { z } from 'zod';

/** What a Key Manager finds out about a token at an API: `APIKeyValidationInfoDTO` (wire.md 2.1). */
export type ValidationInfo = {
  readonly apiName: string;
  readonly apiPublisher: string;
  /** Policy of the whole API; empty where the policies of its resources count. */
  readonly apiTier: string;
  /** A number as text; part of throttle keys. */
  readonly applicationId: string;
  readonly applicationName: string;
  readonly applicationTier: string;
  readonly authorized: boolean;
  readonly consumerKey: string;
  /** Whether a policy counts bytes. */
  readonly contentAware: boolean;
  /** `admin@carbon.super`. */
  readonly endUserName: string;
  /** The JWT for the back end, where the Key Manager makes one. */
  readonly endUserToken: string;
  /** Epoch milliseconds of the validation, not of the token's issue. */
  readonly issuedTime: number;
  readonly scopes: readonly string[];
  readonly spikeArrestLimit: number;
  readonly spikeArrestUnit: string;
  /** False: requests over the quota pass. */
  readonly stopOnQuotaReach: boolean;
  readonly subscriber: string;
  readonly subscriberTenantDomain: string;
  readonly throttlingDataList: readonly string[];
  /** Subscription policy. */
  readonly tier: string;
  /** `PRODUCTION` or `SANDBOX`. */
  readonly type: string;
  /** `APPLICATION` or `APPLICATION_USER`. */
  readonly userType: string;
  /** 0, or a code of wire.md 3.2. */
  readonly validationStatus: number;
  /** Milliseconds the token has left; Infinity for one that never expires. */
  readonly validityPeriod: number;
};

/** Statuses a Key Manager gives (wire.md 2.1). */
export const VALIDATION_STATUS = {
  ok: 0,
  generalError: 900900,
  invalidCredentials: 900901,
  wrongTokenType: 900905,
  blocked: 900907,
  noSubscription: 900908,
  inactiveSubscription: 900909,
  scopeMissing: 900910,
  /** 3.2.0: no Key Manager is there to ask. Without a text of its own (wire.md 2.3). */
  keyManagerNotAvailable: 900912,
} as const;

/** What `throttlingDataList` holds of an API without conditions (wire.md 2.1). */
export const THROTTLING_DATA: readonly string[] = ['api_level_throttling_key'];

/** A finding without particulars: how refusals of a token begin. */
export const EMPTY_INFO: ValidationInfo = {
  apiName: '',
  apiPublisher: '',
  apiTier: '',
  applicationId: '',
  applicationName: '',
  applicationTier: '',
  authorized: false,
  consumerKey: '',
  contentAware: false,
  endUserName: '',
  endUserToken: '',
  issuedTime: 0,
  scopes: [],
  spikeArrestLimit: 0,
  spikeArrestUnit: '',
  stopOnQuotaReach: true,
  subscriber: '',
  subscriberTenantDomain: '',
  throttlingDataList: [],
  tier: '',
  type: '',
  userType: '',
  validationStatus: VALIDATION_STATUS.ok,
  validityPeriod: 0,
};

const text = z.string();
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const boolean = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const number = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);

/** Java's greatest long: a token that never expires. */
const NEVER = '9223372036854775807';
const period = number.transform((value) => (value > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : value));

export const periodText = (milliseconds: number): string =>
  Number.isFinite(milliseconds) ? String(milliseconds) : NEVER;

/**
 * The element of an answer, its children by local name; a nil one is an empty text. As in the product's stub a missing
 * `throttlingDataList` spoils the whole answer.
 */
export const validationInfoSchema = z.object({
  apiName: text.default(''),
  apiPublisher: text.default(''),
  apiTier: text.default(''),
  applicationId: text.default(''),
  applicationName: text.default(''),
  applicationTier: text.default(''),
  authorized: boolean,
  consumerKey: text.default(''),
  contentAware: boolean.default(false),
  endUserName: text.default(''),
  endUserToken: text.default(''),
  issuedTime: number.default(0),
  scopes: texts.default([]),
  spikeArrestLimit: number.default(0),
  spikeArrestUnit: text.default(''),
  stopOnQuotaReach: boolean.default(false),
  subscriber: text.default(''),
  subscriberTenantDomain: text.default(''),
  throttlingDataList: texts,
  tier: text.default(''),
  type: text.default(''),
  userType: text.default(''),
  validationStatus: number,
  validityPeriod: period.default(0),
});
