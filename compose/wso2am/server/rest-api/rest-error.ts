import { type Answer, json } from '../carbon/web.ts';

/** Errors of the REST APIs with what stands in their bodies (wire.md 7.3). */
const REST_ERRORS = {
  badRequest: { status: 400, message: 'Bad Request' },
  unauthenticated: { status: 401, message: '' },
  forbidden: { status: 403, message: 'Forbidden' },
  notFound: { status: 404, message: 'Not Found' },
  conflict: { status: 409, message: 'Conflict' },
  alreadyExists: { status: 409, message: 'Resource Already Exists' },
  unsupportedMediaType: { status: 415, message: 'Unsupported Media Type' },
  internal: { status: 500, message: 'Internal server error' },
  notSimulated: { status: 501, message: 'Not Implemented' },
} as const;

export type RestErrorKind = keyof typeof REST_ERRORS;

/** One finding of a validation. */
export type ErrorItem = { readonly code: string; readonly message: string; readonly description: string };

/** Ends a REST call with an error body; thrown by handlers and what they call. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly kind: RestErrorKind;
  readonly items: readonly ErrorItem[];

  constructor(kind: RestErrorKind, description: string, items: readonly ErrorItem[] = []) {
    super(description);
    this.kind = kind;
    this.items = items;
  }
}

export const UNAUTHENTICATED = 'Unauthenticated request';
export const INTERNAL = 'The server encountered an internal error. Please contact administrator.';

/** The answer of an error. */
export const restErrorAnswer = ({ kind, message: description, items }: RestError): Answer => {
  const { status, message } = REST_ERRORS[kind];
  return json(status, { code: status, message, description, moreInfo: '', error: items });
};
