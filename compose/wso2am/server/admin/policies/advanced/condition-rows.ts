import { z } from 'zod';
import type { SqlValue, Statements } from '../../../database/database.ts';
import type { Condition } from '../../../throttling/plans/policy.ts';
import { insertRow } from '../policy-rows.ts';

type ValueKind = Extract<Condition, { values: unknown }>['type'];

/**
 * Tables of the conditions that compare values (wire.md 8.2). Whatever their last column is called, the product writes there
 * whether the condition is inverted; so it does with `WITHIN_IP_RANGE`.
 */
const VALUE_TABLES: Readonly<Record<ValueKind, { table: string; name: string; value: string; invert: string }>> = {
  header: {
    table: 'AM_HEADER_FIELD_CONDITION',
    name: 'HEADER_FIELD_NAME',
    value: 'HEADER_FIELD_VALUE',
    invert: 'IS_HEADER_FIELD_MAPPING',
  },
  query: {
    table: 'AM_QUERY_PARAMETER_CONDITION',
    name: 'PARAMETER_NAME',
    value: 'PARAMETER_VALUE',
    invert: 'IS_PARAM_MAPPING',
  },
  jwtClaim: {
    table: 'AM_JWT_CLAIM_CONDITION',
    name: 'CLAIM_URI',
    value: 'CLAIM_ATTRIB',
    invert: 'IS_CLAIM_MAPPING',
  },
};
const VALUE_KINDS: readonly ValueKind[] = ['header', 'query', 'jwtClaim'];

const IP_TABLE = 'AM_IP_CONDITION';

/** Adds the rows of a condition to a group. */
export const insertCondition = async (statements: Statements, groupId: number, condition: Condition): Promise<void> => {
  const rows = 'values' in condition ? valueRows(condition) : [ipRow(condition)];
  for (const { table, columns } of rows) {
    await insertRow(statements, table, { ...columns, CONDITION_GROUP_ID: groupId });
  }
};

type ConditionRow = { readonly table: string; readonly columns: Readonly<Record<string, SqlValue>> };

const valueRows = ({ type, values, invert }: Extract<Condition, { values: unknown }>): readonly ConditionRow[] => {
  const { table, ...columns } = VALUE_TABLES[type];
  return Object.entries(values).map(([name, value]) => ({
    table,
    columns: { [columns.name]: name, [columns.value]: value, [columns.invert]: invert },
  }));
};

const ipRow = (condition: Exclude<Condition, { values: unknown }>): ConditionRow => ({
  table: IP_TABLE,
  columns: {
    WITHIN_IP_RANGE: condition.invert,
    ...(condition.type === 'ip'
      ? { SPECIFIC_IP: condition.address }
      : { STARTING_IP: condition.from, ENDING_IP: condition.to }),
  },
});

const grouped = z.object({ CONDITION_GROUP_ID: z.number(), INVERTED: z.coerce.boolean() });
const valueRow = z.object({ NAME: z.string(), VALUE: z.string() });
const addressRow = z.object({
  STARTING_IP: z.string().nullable(),
  ENDING_IP: z.string().nullable(),
  SPECIFIC_IP: z.string().nullable(),
});

/** The conditions of these groups by the group's id, those of addresses first. A group without conditions is not there. */
export const conditionsOfGroups = async (
  statements: Statements,
  groupIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Condition[]>> => {
  const found = new Map<number, Condition[]>();
  if (groupIds.length === 0) return found;
  const read = async (table: string, columns: string, toCondition: (row: unknown, invert: boolean) => Condition) => {
    const rows = await statements.query(
      `SELECT CONDITION_GROUP_ID, ${columns} FROM ${table}
       WHERE CONDITION_GROUP_ID IN (${groupIds.map(() => '?').join(', ')}) ORDER BY 1`,
      groupIds,
    );
    for (const row of rows) {
      const { CONDITION_GROUP_ID: group, INVERTED: invert } = grouped.parse(row);
      found.set(group, [...(found.get(group) ?? []), toCondition(row, invert)]);
    }
  };
  await read(IP_TABLE, 'STARTING_IP, ENDING_IP, SPECIFIC_IP, WITHIN_IP_RANGE AS INVERTED', (row, invert) => {
    const { STARTING_IP: from, ENDING_IP: to, SPECIFIC_IP: address } = addressRow.parse(row);
    return address ? { type: 'ip', address, invert } : { type: 'ipRange', from: from ?? '', to: to ?? '', invert };
  });
  for (const type of VALUE_KINDS) {
    const { table, name, value, invert: column } = VALUE_TABLES[type];
    await read(table, `${name} AS NAME, ${value} AS VALUE, ${column} AS INVERTED`, (row, invert) => {
      const { NAME, VALUE } = valueRow.parse(row);
      return { type, values: { [NAME]: VALUE }, invert };
    });
  }
  return found;
};
