import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import { deleteResources } from '../../rest-api/registry/registry.ts';
import {
  apiCollection,
  apiDocumentation,
  apiDocumentContents,
  apiIcon,
} from '../../rest-api/registry/registry-paths.ts';
import type { RestContext } from '../../rest-api/rest-context.ts';
import type { Api } from '../model/api.ts';
import { readApiDocument, readApiDocuments, writeApiDocument, writeDefinition } from './api-documents.ts';
import { deleteApiRow, findApiRow, insertApiRow, listApiRows, updateApiRow } from './api-rows.ts';
import { findDefaultVersion, removeDefaultVersion, writeDefaultVersion } from './default-versions.ts';
import { recordLifecycleEvent } from './lifecycle-events.ts';
import { unlinkScopes } from './scopes.ts';
import { writeUrlMappings } from './url-mappings.ts';

/** Where APIs live: apim_db decides which there are, shared_db holds the rest of each. */
export type ApiStores = Pick<RestContext, 'apim' | 'shared' | 'version'>;

/** Form of every id; whatever else stands in a path is nobody's. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The API with this UUID; undefined where there is none. */
export const findApi = async (stores: ApiStores, id: string): Promise<Api | undefined> => {
  const row = UUID.test(id) ? await findApiRow(stores.apim, id) : undefined;
  if (!row) return undefined;
  const document = await readApiDocument(stores.shared, stores.version, row);
  if (!document) return undefined;
  const { version } = await findDefaultVersion(stores.apim, row);
  return { ...document, ...row, isDefaultVersion: version === row.version };
};

/** Every API, by name. */
export const listApis = async ({ apim, shared, version }: ApiStores): Promise<readonly Api[]> => {
  const [rows, documents] = await Promise.all([listApiRows(apim), readApiDocuments(shared, version)]);
  return rows.flatMap((row) => {
    const document = documents.get(row.id);
    return document ? [{ ...document, ...row }] : [];
  });
};

/**
 * Stores a new API with its definition. The registry is written before the rows are committed: a failure in between leaves a
 * resource that no row points to, never a row without its resource.
 * @param check runs in the same transaction, before anything is written
 */
export const createApi = (
  { apim, shared, version }: ApiStores,
  api: Omit<Api, 'rowId'>,
  definition: string,
  check: (statements: Parameters<typeof insertApiRow>[0]) => Promise<void>,
): Promise<Api> =>
  apim.transaction(async (statements) => {
    await check(statements);
    const created = { ...api, rowId: await insertApiRow(statements, api) };
    await writeUrlMappings(statements, version, created);
    await writeDefaultVersion(statements, created);
    await recordLifecycleEvent(statements, created.rowId, {
      previousState: undefined,
      postState: api.status,
      user: api.provider,
      updatedTime: api.createdTime,
    });
    await shared.transaction(async (registry) => {
      await writeApiDocument(registry, created, api.provider);
      await writeDefinition(registry, created, definition, api.provider);
    });
    return created;
  });

/** Stores what changed of an API; with it its state, which leaves an event when it is another one. */
export const updateApi = (
  { apim, shared, version }: ApiStores,
  api: Api,
  user: string,
  definition?: string,
): Promise<void> =>
  retryWhenBeaten(() =>
    apim.transaction(async (statements) => {
      const before = await findApiRow(statements, api.id, true);
      await updateApiRow(statements, api, user);
      await writeUrlMappings(statements, version, api);
      await writeDefaultVersion(statements, api);
      if (before && before.status !== api.status) {
        await recordLifecycleEvent(statements, api.rowId, {
          previousState: before.status,
          postState: api.status,
          user,
          updatedTime: api.lastUpdatedTime,
        });
      }
      await shared.transaction(async (registry) => {
        await writeApiDocument(registry, api, user);
        if (definition !== undefined) await writeDefinition(registry, api, definition, user);
      });
    }),
  );

export const deleteApi = ({ apim, shared, version }: ApiStores, api: Api, user: string): Promise<void> =>
  retryWhenBeaten(() =>
    apim.transaction(async (statements) => {
      await unlinkScopes(statements, version, api.rowId);
      await removeDefaultVersion(statements, api);
      await deleteApiRow(statements, api.rowId);
      await shared.transaction(async (registry) => {
        for (const collection of [apiCollection, apiDocumentation, apiDocumentContents, apiIcon]) {
          await deleteResources(registry, collection(api), user);
        }
      });
    }),
  );
