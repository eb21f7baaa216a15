/** Names in the columns that are asked; others would end as errors of their character set. */
const ASCII = /^[\x20-\x7e]+$/;

/** The name of a role or scope that a path says in base64url; undefined for what can be none. */
export const nameIn = (encoded: string): string | undefined => {
  const name = Buffer.from(encoded, 'base64url').toString('utf8');
  return ASCII.test(name) ? name : undefined;
};
