/** A value that goes into a statement. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null;

/** A row as the driver gives it; callers parse it with a schema. */
export type Row = Readonly<Record<string, unknown>>;

/** Statements of one connection or pool. Values are always bound, never spliced into the text. */
export type Statements = {
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  execute(
    sql: string,
    values?: readonly SqlValue[],
  ): Promise<{ readonly affectedRows: number; readonly insertId: number }>;
};

/** One datasource (configuration.md 7): `WSO2AM_DB` or `WSO2_SHARED_DB`. */
export type Database = Statements & {
  readonly name: string;
  /** Runs `work` on one connection; commits when it resolves, rolls back when it rejects. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};
