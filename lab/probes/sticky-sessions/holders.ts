/** How many sessions each node has: `pub-1 has 3, pub-2 has 2`. */
export const spread = (holders: readonly string[]): string =>
  [...new Set(holders)]
    .toSorted()
    .map((name) => `${name} has ${holders.filter((each) => each === name).length}`)
    .join(', ');
