import type { Value } from './values.ts';

/** What `map:createFromJSON` makes of the attribute `properties`. Read when first asked for: few plans look into it. */
export class PropertiesMap {
  readonly #json: Value;
  #entries: ReadonlyMap<string, Value> | undefined;

  constructor(json: Value) {
    this.#json = json;
  }

  /** Null for what is not there. */
  get(name: string): Value {
    this.#entries ??= entriesOf(this.#json);
    return this.#entries.get(name) ?? null;
  }
}

/** A text that is no JSON object has no properties: the event counts all the same. */
const entriesOf = (json: Value): ReadonlyMap<string, Value> => {
  if (typeof json !== 'string') return new Map();
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null
      ? new Map(Object.entries(parsed).map(([key, value]) => [key, plainValue(value)]))
      : new Map();
  } catch {
    return new Map();
  }
};

const plainValue = (value: unknown): Value =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

export const isMap = (value: Value): value is PropertiesMap => value instanceof PropertiesMap;
