import type { RestApi } from '../../../../../lab/product/rest-apis.ts';
import type { Version } from '../../../../../lab/product/versions.ts';
import { ADMIN_OPERATIONS } from './admin-operations.ts';
import { PORTAL_OPERATIONS } from './portal-operations.ts';
import { PUBLISHER_OPERATIONS } from './publisher-operations.ts';

/** Methods by path, separated by blanks. */
type Paths = Readonly<Record<string, string>>;

/** The operations of a published definition: those that every version has, and what a version has besides. */
export type PublishedOperations = { readonly every: Paths } & Readonly<Record<Version, Paths>>;

export type PublishedOperation = {
  readonly method: string;
  /** Below the base path, as the definition writes it: `/apis/{apiId}`. */
  readonly path: string;
};

const PUBLISHED: Readonly<Record<RestApi, PublishedOperations>> = {
  publisher: PUBLISHER_OPERATIONS,
  store: PORTAL_OPERATIONS,
  admin: ADMIN_OPERATIONS,
};

/** What a version's REST API offers by its published definition. */
export const publishedOperations = (api: RestApi, version: Version): readonly PublishedOperation[] => {
  const published = PUBLISHED[api];
  return [published.every, published[version]].flatMap((paths) =>
    Object.entries(paths).flatMap(([path, methods]) => methods.split(' ').map((method) => ({ method, path }))),
  );
};
