import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { ensureCollection } from './collections.ts';

/** `REG_ACTION` of the log that nodes follow to index what changed. */
const ACTIONS = { added: 0, updated: 1, deleted: 7 } as const;

/** Column width of user names in the registry's tables. */
const LONGEST_USER = 31;

/** A named content in a collection. */
export type Resource = {
  readonly path: string;
  readonly uuid: string;
  readonly mediaType: string;
  readonly content: Buffer;
};

export type NewResource = {
  readonly path: string;
  readonly content: Buffer;
  readonly mediaType: string;
  readonly user: string;
  /** One is made up where absent; kept by later writes. */
  readonly uuid?: string;
};

const SELECT = `
  SELECT p.REG_PATH_VALUE, r.REG_NAME, r.REG_UUID, r.REG_MEDIA_TYPE, c.REG_CONTENT_DATA FROM REG_RESOURCE r
  JOIN REG_PATH p ON p.REG_PATH_ID = r.REG_PATH_ID AND p.REG_TENANT_ID = r.REG_TENANT_ID
  JOIN REG_CONTENT c ON c.REG_CONTENT_ID = r.REG_CONTENT_ID AND c.REG_TENANT_ID = r.REG_TENANT_ID
  WHERE r.REG_TENANT_ID = ?`;

const resourceRow = z
  .object({
    REG_PATH_VALUE: z.string(),
    REG_NAME: z.string(),
    REG_UUID: z.string(),
    REG_MEDIA_TYPE: z.string().nullable(),
    REG_CONTENT_DATA: z.instanceof(Buffer),
  })
  .transform(
    (row): Resource => ({
      path: `${row.REG_PATH_VALUE}/${row.REG_NAME}`,
      uuid: row.REG_UUID,
      mediaType: row.REG_MEDIA_TYPE ?? 'application/octet-stream',
      content: row.REG_CONTENT_DATA,
    }),
  );

/** The resource at a path; undefined where there is none. */
export const readResource = async (statements: Statements, path: string): Promise<Resource | undefined> => {
  const { parent, name } = split(path);
  const [row] = await statements.query(`${SELECT} AND p.REG_PATH_VALUE = ? AND r.REG_NAME = ?`, [
    SUPER_TENANT_ID,
    parent,
    name,
  ]);
  return row && resourceRow.parse(row);
};

/** All resources of a media type. */
export const readResourcesOf = async (statements: Statements, mediaType: string): Promise<readonly Resource[]> => {
  const rows = await statements.query(`${SELECT} AND r.REG_MEDIA_TYPE = ?`, [SUPER_TENANT_ID, mediaType]);
  return rows.map((row) => resourceRow.parse(row));
};

/** The resources of one collection, by name. */
export const readCollection = async (statements: Statements, collection: string): Promise<readonly Resource[]> => {
  const rows = await statements.query(`${SELECT} AND p.REG_PATH_VALUE = ? ORDER BY r.REG_NAME`, [
    SUPER_TENANT_ID,
    collection,
  ]);
  return rows.map((row) => resourceRow.parse(row));
};

const found = z.object({ REG_VERSION: z.number(), REG_CONTENT_ID: z.number() });

/** Writes a resource, over what may be there; collections above it are made as needed. Call it within a transaction. */
export const writeResource = async (statements: Statements, resource: NewResource): Promise<void> => {
  const { parent, name } = split(resource.path);
  const user = resource.user.slice(0, LONGEST_USER);
  const pathId = await ensureCollection(statements, parent, user);
  const [row] = await statements.query(
    'SELECT REG_VERSION, REG_CONTENT_ID FROM REG_RESOURCE WHERE REG_PATH_ID = ? AND REG_NAME = ? AND REG_TENANT_ID = ? FOR UPDATE',
    [pathId, name, SUPER_TENANT_ID],
  );
  if (row) {
    const { REG_VERSION, REG_CONTENT_ID } = found.parse(row);
    await statements.execute(
      'UPDATE REG_CONTENT SET REG_CONTENT_DATA = ? WHERE REG_CONTENT_ID = ? AND REG_TENANT_ID = ?',
      [resource.content, REG_CONTENT_ID, SUPER_TENANT_ID],
    );
    await statements.execute(
      `UPDATE REG_RESOURCE SET REG_MEDIA_TYPE = ?, REG_LAST_UPDATOR = ?, REG_LAST_UPDATED_TIME = CURRENT_TIMESTAMP,
         REG_UUID = COALESCE(?, REG_UUID) WHERE REG_VERSION = ? AND REG_TENANT_ID = ?`,
      [resource.mediaType, user, resource.uuid ?? null, REG_VERSION, SUPER_TENANT_ID],
    );
  } else {
    const { insertId } = await statements.execute(
      'INSERT INTO REG_CONTENT (REG_CONTENT_DATA, REG_TENANT_ID) VALUES (?, ?)',
      [resource.content, SUPER_TENANT_ID],
    );
    await statements.execute(
      `INSERT INTO REG_RESOURCE (REG_PATH_ID, REG_NAME, REG_MEDIA_TYPE, REG_CREATOR, REG_LAST_UPDATOR,
         REG_LAST_UPDATED_TIME, REG_CONTENT_ID, REG_TENANT_ID, REG_UUID) VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP, ?, ?, ?)`,
      [pathId, name, resource.mediaType, user, user, insertId, SUPER_TENANT_ID, resource.uuid ?? randomUUID()],
    );
  }
  await record(statements, resource.path, user, row ? 'updated' : 'added');
};

/**
 * Removes the resources of one collection; the collection itself may stay empty. Call it within a transaction.
 * @param name of the only resource to remove
 */
export const deleteResources = async (
  statements: Statements,
  collection: string,
  user: string,
  name?: string,
): Promise<void> => {
  const where = `r.REG_TENANT_ID = ? AND r.REG_NAME ${name === undefined ? 'IS NOT NULL' : '= ?'} AND r.REG_PATH_ID IN
    (SELECT REG_PATH_ID FROM REG_PATH WHERE REG_PATH_VALUE = ? AND REG_TENANT_ID = ?)`;
  const values = [SUPER_TENANT_ID, ...(name === undefined ? [] : [name]), collection, SUPER_TENANT_ID];
  const rows = await statements.query(`SELECT r.REG_CONTENT_ID FROM REG_RESOURCE r WHERE ${where} FOR UPDATE`, values);
  if (rows.length === 0) return;
  await statements.execute(`DELETE r FROM REG_RESOURCE r WHERE ${where}`, values);
  for (const row of rows) {
    await statements.execute('DELETE FROM REG_CONTENT WHERE REG_CONTENT_ID = ? AND REG_TENANT_ID = ?', [
      z.object({ REG_CONTENT_ID: z.number() }).parse(row).REG_CONTENT_ID,
      SUPER_TENANT_ID,
    ]);
  }
  const path = name === undefined ? collection : `${collection}/${name}`;
  await record(statements, path, user.slice(0, LONGEST_USER), 'deleted');
};

const record = async (
  statements: Statements,
  path: string,
  user: string,
  action: keyof typeof ACTIONS,
): Promise<void> => {
  await statements.execute(
    'INSERT INTO REG_LOG (REG_PATH, REG_USER_ID, REG_ACTION, REG_TENANT_ID) VALUES (?, ?, ?, ?)',
    [path, user, ACTIONS[action], SUPER_TENANT_ID],
  );
};

const split = (path: string): { readonly parent: string; readonly name: string } => {
  const slash = path.lastIndexOf('/');
  return { parent: path.slice(0, slash), name: path.slice(slash + 1) };
};
