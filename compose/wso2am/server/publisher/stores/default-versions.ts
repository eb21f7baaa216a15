import { z } from 'zod';
import type { Statements } from '../../database/database.ts';
import type { Api } from '../model/api.ts';
import { isDeployed } from '../model/lifecycle.ts';

/** Which version of an API is its default one, and which of them the gateways have as such. */
export type DefaultVersion = { readonly version: string | undefined; readonly published: string | undefined };

type ApiName = Pick<Api, 'provider' | 'name'>;

const row = z.object({
  DEFAULT_API_VERSION: z.string().nullable(),
  PUBLISHED_DEFAULT_API_VERSION: z.string().nullable(),
});

export const findDefaultVersion = async (
  statements: Statements,
  { provider, name }: ApiName,
): Promise<DefaultVersion> => {
  const [found] = await statements.query(
    'SELECT DEFAULT_API_VERSION, PUBLISHED_DEFAULT_API_VERSION FROM AM_API_DEFAULT_VERSION WHERE API_PROVIDER = ? AND API_NAME = ?',
    [provider, name],
  );
  if (!found) return { version: undefined, published: undefined };
  const { DEFAULT_API_VERSION: version, PUBLISHED_DEFAULT_API_VERSION: published } = row.parse(found);
  return { version: version ?? undefined, published: published ?? undefined };
};

/** Records whether this version is the default one. The one that was it before is so no longer. */
export const writeDefaultVersion = async (statements: Statements, api: Api): Promise<void> => {
  const { version } = await findDefaultVersion(statements, api);
  if (api.isDefaultVersion) {
    await clear(statements, api);
    await statements.execute(
      `INSERT INTO AM_API_DEFAULT_VERSION (API_NAME, API_PROVIDER, DEFAULT_API_VERSION, PUBLISHED_DEFAULT_API_VERSION)
       VALUES (?, ?, ?, ?)`,
      [api.name, api.provider, api.version, isDeployed(api.status) ? api.version : null],
    );
  } else if (version === api.version) await clear(statements, api);
};

/** Forgets the default version if it is this one. */
export const removeDefaultVersion = async (statements: Statements, api: Api): Promise<void> => {
  const { version } = await findDefaultVersion(statements, api);
  if (version === api.version) await clear(statements, api);
};

const clear = async (statements: Statements, { provider, name }: ApiName): Promise<void> => {
  await statements.execute('DELETE FROM AM_API_DEFAULT_VERSION WHERE API_PROVIDER = ? AND API_NAME = ?', [
    provider,
    name,
  ]);
};
