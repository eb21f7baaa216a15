import type { Plan, PlannedSchema } from './plan.ts';
import { type SchemaKey, schemasOf } from './schemas.ts';

/** Where the tables of one schema come from. */
export type SchemaTables = {
  readonly key: SchemaKey;
  readonly schema: PlannedSchema;
  /** Image with the product's scripts; undefined when only simulator nodes open the schema, which bring their own tables. */
  readonly product?: string;
  /** Whether simulator nodes open it too: they need what the product's scripts lack. */
  readonly supplemented: boolean;
};

/**
 * Who shares a schema shares its tables. The product starts on nothing but those of its own scripts, so one product node
 * decides for all; simulator nodes beside it use the product's tables and have added what they miss.
 */
export const schemaTables = ({ nodes, version, database }: Plan): readonly SchemaTables[] =>
  SCHEMAS.map(({ key, of }) => {
    const users = nodes.filter((node) => schemasOf(node, version).includes(key));
    const product = users.find(({ simulated }) => !simulated)?.image;
    return {
      key,
      schema: database[of],
      ...(product !== undefined && { product }),
      supplemented: product !== undefined && users.some(({ simulated }) => simulated),
    };
  });

const SCHEMAS = [
  { key: 'shared_db', of: 'shared' },
  { key: 'apim_db', of: 'apim' },
] as const satisfies readonly { readonly key: SchemaKey; readonly of: 'apim' | 'shared' }[];
