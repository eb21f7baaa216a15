import type { Version } from '../../../../../lab/product/versions.ts';

type Wanted = { readonly keyType: string } | { readonly mappingId: string };

/** A collection of keys, and what its members are called by. */
type KeyPath = { readonly path: string; readonly wanted: (key: string) => Wanted };

const BY_TYPE: KeyPath = { path: '/applications/:applicationId/keys', wanted: (keyType) => ({ keyType }) };
const BY_MAPPING: KeyPath = {
  path: '/applications/:applicationId/oauth-keys',
  wanted: (mappingId) => ({ mappingId }),
};

/** Where a version has the keys of an application; 3.2.0 keeps the former place (wire.md 7.2). */
export const keyPaths = (version: Version): readonly KeyPath[] =>
  version === '3.2.0' ? [BY_TYPE, BY_MAPPING] : [BY_TYPE];
