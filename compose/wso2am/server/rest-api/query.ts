/** One condition of a `query` parameter: `name:pizza`, `status:published`, `"Exact Name"`. */
export type Condition = { readonly field: string; readonly matches: (value: string) => boolean };

/** Values of a searched thing by lower-case field name. */
export type Searchable = Readonly<Record<string, readonly string[]>>;

/** A word with or without `field:`; the value may stand in double quotes. */
const WORD = /(?:([A-Za-z_-]+):)?(?:"([^"]*)"|(\S+))/g;

/**
 * Reads the query language of the lists: conditions separated by blanks, all of which have to hold. A plain value matches
 * any part of the field, `*` stands for any characters, a value in double quotes has to be the whole field; case does not
 * count. A word without a field is looked for in `name`.
 */
export const parseQuery = (text: string): readonly Condition[] =>
  Array.from(text.matchAll(WORD), ([, field, exact, loose]) => ({
    field: (field ?? 'name').toLowerCase(),
    matches: exact === undefined ? looseMatch(loose ?? '') : exactMatch(exact),
  }));

/** Whether all conditions hold. A field the thing does not have matches nothing. */
export const satisfies = (thing: Searchable, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, matches }) => (Object.hasOwn(thing, field) ? (thing[field] ?? []) : []).some(matches));

const exactMatch = (wanted: string): Condition['matches'] => {
  const folded = wanted.toLowerCase();
  return (value) => value.toLowerCase() === folded;
};

/** Compares part by part instead of with a regular expression, which many stars would make slow. */
const looseMatch = (wanted: string): Condition['matches'] => {
  const parts = wanted.toLowerCase().split('*');
  return (value) => {
    let from = 0;
    return parts.every((part) => {
      const found = value.toLowerCase().indexOf(part, from);
      from = found + part.length;
      return found !== -1;
    });
  };
};
