import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';

export type Rule = {
  readonly key: string;
  /** The rule holds only while this key has this value. */
  readonly when?: { readonly key: string; readonly is: string };
  /** What the whole value must match; a key that is missing counts as an empty text. */
  readonly pattern: string;
  /** The product's own sentence, where it has one. */
  readonly message?: string;
  readonly versions: readonly Version[];
};

const oneOf = (types: readonly string[]): string => types.map((type) => `\\A${type}\\Z`).join('|');

const STORES = ['database', 'read_only_ldap', 'read_write_ldap', 'active_directory'];
const UNIQUE_ID_STORES = STORES.map((type) => `${type}_unique_id`);

const connectionUrl = (type: string, title: string): Rule => ({
  key: 'user_store.properties.ConnectionURL',
  when: { key: 'user_store.type', is: type },
  pattern: '.+',
  message: `Connection URL is required for ${title} userstore`,
  versions: VERSIONS,
});

/**
 * Rules of `validator.json` (configuration.md 4.7; carbon-kernel 4.5.1 for 3.0.0, 4.6.0 for 3.1.0 and 3.2.0). Ports, roles
 * and URLs are not checked by the product, so not here either. The connection rules stand under `match_regex` in the
 * product's file, a name its validator does not read: there the lack shows a moment later, when the user store opens.
 */
export const RULES: readonly Rule[] = [
  { key: 'user_store.type', pattern: oneOf(STORES), versions: ['3.0.0'] },
  { key: 'user_store.type', pattern: oneOf([...STORES, ...UNIQUE_ID_STORES]), versions: ['3.1.0', '3.2.0'] },
  connectionUrl('read_only_ldap', 'read only ldap'),
  connectionUrl('read_write_ldap', 'read write ldap'),
  connectionUrl('active_directory', 'active directory'),
];
