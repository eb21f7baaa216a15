import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../../errors/lab-error.ts';
import type { Plan } from '../../plan/plan.ts';
import { type SchemaTables, schemaTables } from '../../plan/schema-tables.ts';
import { renderMysqlInit, sqlIdentifier } from '../../render/mysql-init.ts';
import type { Emit } from '../lab-event.ts';
import { readDbscript } from '../product-image/read-dbscript.ts';
import { type Mysql, mysqlIn } from './mysql-client.ts';
import { supplementTables } from './supplement-tables.ts';
import { begin, COMPLETE, readState, type SchemaState } from './table-record.ts';

export type PrepareInput = {
  readonly plan: Plan;
  /** Directory of this package, with the simulator's tables. */
  readonly root: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
};

/** Whether somebody must bring tables: the lab's own MySQL has those of the simulator, any other has none. */
export const needsTables = (plan: Plan): boolean =>
  !plan.database.own || schemaTables(plan).some(({ product }) => product !== undefined);

/**
 * Brings schemas, users and tables to the running MySQL in `container`, before the first node opens them. What is there is
 * left as it is; tables whose making was broken off are made again. Fails with SCHEMA_TAKEN when a schema holds data in
 * tables of another origin, and with DBSCRIPTS_FAILED when MySQL refuses a script.
 */
export const prepareDatabase = async (container: string, input: PrepareInput): Promise<void> => {
  const mysql = mysqlIn(container, input.signal);
  const schemas = renderMysqlInit(input.plan);
  await mysql(schemas);
  // One after the other: the scratch schema is one for all.
  for (const tables of schemaTables(input.plan)) {
    const { name } = tables.schema;
    const origin = originOf(input.plan, tables);
    const todo = decide(await readState(mysql, name), tables, origin);
    if (todo === 'nothing') continue;
    if (todo === 'again') await mysql(`DROP DATABASE ${sqlIdentifier(name)};\n${schemas}`);
    await makeTables(mysql, tables, origin, input);
  }
};

const SIMULATOR = 'simulator';

/** Two images of one version have the same scripts. */
const originOf = ({ version }: Plan, { product, supplemented }: SchemaTables): string =>
  product === undefined ? SIMULATOR : `wso2am ${version}${supplemented ? ' and simulator' : ''}`;

const decide = (
  state: SchemaState,
  { schema, product }: SchemaTables,
  origin: string,
): 'nothing' | 'make' | 'again' => {
  if (state.kind === 'empty') return 'make';
  if (state.kind === 'made' && !state.complete) return 'again';
  if (state.kind === 'made' && state.origin === origin) return 'nothing';
  if (state.kind === 'unrecorded' && product === undefined) return 'nothing';
  if (state.kind === 'unrecorded' && !state.rows) return 'again';
  const made = state.kind === 'made' ? state.origin : SIMULATOR;
  throw labError(
    'SCHEMA_TAKEN',
    `the schema ${schema.name} holds data in tables of ${made}; its nodes need those of ${origin}`,
    { node: 'mysql' },
  );
};

const makeTables = async (
  mysql: Mysql,
  { key, schema, product, supplemented }: SchemaTables,
  origin: string,
  { plan, root, emit, signal }: PrepareInput,
): Promise<void> => {
  emit({
    kind: 'step',
    text: `making the tables of ${schema.name}${product === undefined ? '' : ` by the scripts of ${product}`}`,
  });
  const simulated = () => readFile(join(root, 'compose/mysql/schema', `${key}.sql`), 'utf8');
  const script = product === undefined ? await simulated() : await readDbscript(product, plan.version, key, signal);
  await mysql(begin(origin), schema.name);
  await mysql(script, schema.name);
  if (supplemented) await supplementTables(mysql, schema.name, await simulated());
  await mysql(COMPLETE, schema.name);
};
