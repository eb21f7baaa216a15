import { ipNumber } from '../ip-number.ts';
import { resourceKey } from './throttle-keys.ts';
import type { ThrottledRequest, ThrottledResource } from './throttled-request.ts';

/** Templates of the keys that custom policies count by: `$userId:$apiContext` (wire.md 5.10). */
export type KeyTemplates = {
  /** Adds what `GET /keyTemplates` answered (wire.md 5.11). */
  load(templates: readonly string[]): void;
  /** An event of the topic: `add`, or anything else to remove. */
  apply(event: { readonly keyTemplateValue: string; readonly keyTemplateState: string }): void;
  /** The keys that a request has by all templates. */
  keysOf(request: ThrottledRequest, resource: ThrottledResource): readonly string[];
};

export const createKeyTemplates = (): KeyTemplates => {
  const templates = new Set<string>();
  return {
    load: (loaded) => {
      for (const template of loaded) templates.add(template);
    },
    apply: ({ keyTemplateValue, keyTemplateState }) => {
      if (keyTemplateState === 'add') templates.add(keyTemplateValue);
      else templates.delete(keyTemplateValue);
    },
    keysOf: (request, resource) => [...templates].map((template) => fill(template, request, resource)),
  };
};

/** Variables of a template (wire.md 5.10); another word behind a `$` stays as it is. */
const VARIABLES: Readonly<Record<string, (request: ThrottledRequest, resource: ThrottledResource) => string>> = {
  userId: ({ user }) => user,
  apiContext: ({ apiContext }) => apiContext,
  apiVersion: ({ apiVersion }) => apiVersion,
  resourceKey,
  appTenant: ({ application }) => application.tenant,
  apiTenant: ({ apiTenant }) => apiTenant,
  appId: ({ application }) => application.id,
  clientIp: ({ clientIp }) => String(ipNumber(clientIp) ?? ''),
};

const VARIABLE = new RegExp(`\\$(${Object.keys(VARIABLES).join('|')})`, 'g');

const fill = (template: string, request: ThrottledRequest, resource: ThrottledResource): string =>
  template.replace(VARIABLE, (whole, name: string) => VARIABLES[name]?.(request, resource) ?? whole);
