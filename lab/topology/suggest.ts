/** What can be written and what it means: a spelling as it stands, or another word for it. */
export type Spelling = readonly [spelling: string, meaning: string];

/** Words longer than this are no misspelling of any key. */
const LONGEST = 40;

/** What the user most likely meant, if anything is near: a third of the letters may be wrong. Case and dashes do not count. */
export const suggest = (word: string, spellings: readonly Spelling[]): string | undefined => {
  if (word.length > LONGEST) return undefined;
  const plain = simplify(word);
  const [best] = spellings
    .map(([spelling, meaning]) => ({ meaning, edits: editsBetween(plain, simplify(spelling)) }))
    .filter(({ edits }) => edits <= Math.max(1, Math.floor(plain.length / 3)) && edits < plain.length)
    .sort((a, b) => a.edits - b.edits);
  return best?.meaning;
};

const simplify = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '');

/** Letters to insert, drop, replace or swap to turn one word into the other (Levenshtein, with swaps of neighbours). */
const editsBetween = (one: string, other: string): number => {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const swapped = one[i] === other[j - 1] && one[i - 1] === other[j] ? (before[j - 1] ?? i + j) + 1 : Infinity;
      const replaced = (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1);
      next.push(Math.min(swapped, replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
};
