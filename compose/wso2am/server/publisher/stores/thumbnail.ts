import type { Statements } from '../../database/database.ts';
import { type Resource, readResource, writeResource } from '../../rest-api/registry/registry.ts';
import { type ApiIdentity, apiIcon } from '../../rest-api/registry/registry-paths.ts';

export const readThumbnail = (statements: Statements, api: ApiIdentity): Promise<Resource | undefined> =>
  readResource(statements, `${apiIcon(api)}/icon`);

/** Call it within a transaction. */
export const writeThumbnail = (
  statements: Statements,
  api: ApiIdentity,
  { content, mediaType }: Pick<Resource, 'content' | 'mediaType'>,
  user: string,
): Promise<void> => writeResource(statements, { path: `${apiIcon(api)}/icon`, content, mediaType, user });
