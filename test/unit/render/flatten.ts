/** A parsed document as flat dotted keys; `[n]` counts the tables of an array, other lists stay whole. */
export const flatten = (value: unknown, path = ''): ReadonlyMap<string, unknown> => {
  if (Array.isArray(value) && value.length > 0 && value.every(isTable)) {
    return new Map(value.flatMap((each, index) => [...flatten(each, `${path}[${index}]`)]));
  }
  if (!isTable(value)) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, each]) => [...flatten(each, path === '' ? key : `${path}.${key}`)]),
  );
};

const isTable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
