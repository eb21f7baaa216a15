import type { Call } from '../carbon/web.ts';
import { OAuthError } from './oauth-error.ts';

/** Parameters of a request, each once; one with an empty value counts as absent. */
export type Form = ReadonlyMap<string, string>;

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** Whether the body says of itself that it is a form. */
export const isForm = (call: Call): boolean => FORM_TYPE.test(call.headers['content-type'] ?? '');

/** The parameters of a query or body. @throws OAuthError where one is given twice (RFC 6749 3.2) */
export const singleParameters = (parameters: URLSearchParams): Form => {
  const form = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (form.has(name)) throw new OAuthError('repeatedParameter');
    form.set(name, value);
  }
  for (const [name, value] of form) if (value === '') form.delete(name);
  return form;
};
