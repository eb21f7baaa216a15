import { z } from 'zod';
import { topologySchema } from './schema.ts';

/** A JSON Schema, as far as a topology needs it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * JSON Schema of the topology file, for editors: `topology.schema.json` beside this file is its text.
 * Draft 7, which the YAML language server reads best; of the input, where fields with a default may be absent.
 */
export const topologyJsonSchema = (): JsonSchema => z.toJSONSchema(topologySchema, { io: 'input', target: 'draft-7' });
