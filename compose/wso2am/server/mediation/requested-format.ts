/** What the format of a security fault hangs on. */
export type RequestHeaders = {
  readonly accept?: string | undefined;
  readonly 'content-type'?: string | undefined;
};

export type Format =
  | { readonly kind: 'xml' | 'json'; readonly contentType: string }
  | { readonly kind: 'soap'; readonly contentType: string; readonly namespace: string };

/** Envelopes by the media type of a SOAP request. */
const SOAP: Readonly<Record<string, string>> = {
  'text/xml': 'http://schemas.xmlsoap.org/soap/envelope/',
  'application/soap+xml': 'http://www.w3.org/2003/05/soap-envelope',
};

const JSON_TYPES: readonly string[] = ['application/json', 'application/json/badgerfish'];

/** Types in which XML can be said; the product's other types (`text/plain`, forms) get XML under its own name here (?). */
const XML_TYPES: readonly string[] = ['application/xml', 'text/xml'];

/**
 * Format of a refusal by the gateway's security (wire.md 3.4): SOAP for SOAP; else a type that `Accept` names exactly and
 * alone; else XML, which `_auth_failure_handler_` sets in all three versions.
 */
export const requestedFormat = (headers: RequestHeaders): Format => {
  const sent = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const namespace = SOAP[sent];
  if (namespace !== undefined) return { kind: 'soap', contentType: sent, namespace };
  const accept = headers.accept?.trim() ?? '';
  if (JSON_TYPES.includes(accept)) return { kind: 'json', contentType: accept };
  return { kind: 'xml', contentType: XML_TYPES.includes(accept) ? accept : 'application/xml' };
};
