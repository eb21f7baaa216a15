/** What a Traffic Manager tells every gateway on topic `throttleData` (wire.md 5.9). */
export type Decision = {
  readonly throttleKey: string;
  readonly isThrottled: boolean;
  /** End of the window, epoch milliseconds. */
  readonly expiryTimeStamp: number;
  /** Base64 of a JSON list of conditions; of resource plans only. */
  readonly evaluatedConditions?: string;
};

/** An entry of a map message with its JMS type. */
export type MapEntry =
  | { readonly name: string; readonly type: 'string'; readonly value: string }
  | { readonly name: string; readonly type: 'boolean'; readonly value: boolean }
  | { readonly name: string; readonly type: 'int' | 'long'; readonly value: number };

/** The entries of the map message that carries the decision, sorted by name as the product's adapter does (wire.md 5.8). */
export const decisionEntries = (decision: Decision): readonly MapEntry[] => [
  ...(decision.evaluatedConditions === undefined
    ? []
    : [{ name: 'evaluatedConditions', type: 'string', value: decision.evaluatedConditions } as const]),
  { name: 'expiryTimeStamp', type: 'long', value: decision.expiryTimeStamp },
  { name: 'isThrottled', type: 'boolean', value: decision.isThrottled },
  { name: 'throttleKey', type: 'string', value: decision.throttleKey },
];

/**
 * The entries of the map message for an event of the blocking or the key template stream, which the Traffic Manager passes
 * on as it is (wire.md 5.10).
 * @param attributes names, in the order of the payload
 */
export const republishedEntries = (attributes: readonly string[], payload: readonly unknown[]): readonly MapEntry[] =>
  attributes
    .map((name, index): MapEntry => {
      const value = payload[index];
      return typeof value === 'number'
        ? { name, type: 'int', value }
        : { name, type: 'string', value: typeof value === 'string' ? value : '' };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
