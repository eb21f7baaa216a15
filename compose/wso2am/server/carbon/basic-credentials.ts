export type Credentials = { readonly username: string; readonly password: string };

/** User and password of an `Authorization: Basic` header (RFC 7617, UTF-8); undefined for anything else or malformed. */
export const basicCredentials = (header: string | undefined): Credentials | undefined => {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
};
