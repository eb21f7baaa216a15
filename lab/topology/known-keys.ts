import { type JsonSchema, topologyJsonSchema } from './json-schema.ts';

/** Every key a topology can have, by its place: `lab`, `nodes[].expose.https`. */
export const knownKeys = (): ReadonlyMap<string, JsonSchema> => new Map(keysBelow(topologyJsonSchema(), ''));

const keysBelow = (schema: JsonSchema, place: string): readonly (readonly [string, JsonSchema])[] => {
  if (schema.items && typeof schema.items === 'object' && !Array.isArray(schema.items)) {
    return keysBelow(schema.items, `${place}[]`);
  }
  return Object.entries(schema.properties ?? {}).flatMap(([key, below]) => {
    if (typeof below === 'boolean') return [];
    const path = place === '' ? key : `${place}.${key}`;
    return [[path, below] as const, ...keysBelow(below, path)];
  });
};
