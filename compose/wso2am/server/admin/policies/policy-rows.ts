import type { SqlValue, Statements } from '../../database/database.ts';

/** Adds a row. Table and columns are constants of the caller, never input. @returns its id */
export const insertRow = async (
  statements: Statements,
  table: string,
  columns: Readonly<Record<string, SqlValue>>,
): Promise<number> => {
  const names = Object.keys(columns);
  const { insertId } = await statements.execute(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    Object.values(columns),
  );
  return insertId;
};

/** Changes the row of a policy with this UUID. */
export const updateRow = async (
  statements: Statements,
  table: string,
  uuid: string,
  columns: Readonly<Record<string, SqlValue>>,
): Promise<void> => {
  const assignments = Object.keys(columns).map((name) => `${name} = ?`);
  await statements.execute(`UPDATE ${table} SET ${assignments.join(', ')} WHERE UUID = ?`, [
    ...Object.values(columns),
    uuid,
  ]);
};
