export type Scalar = string | number | boolean;

/** One table of an array of tables, with dotted keys of its own: `properties.notification_endpoint`. */
export type Table = ReadonlyMap<string, Value>;

export type Value = Scalar | Table | readonly Value[];

/**
 * A whole configuration as the mapper sees it from its first step to its last: dotted keys in the order they came.
 * A part that is not a bare key stands in single quotes: `properties.'header.X-WSO2-KEY-MANAGER'`. Tables have been
 * dissolved into keys; only those inside arrays remain.
 */
export type Keys = ReadonlyMap<string, Value>;

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isTable = (value: Value | undefined): value is Table => value instanceof Map;
