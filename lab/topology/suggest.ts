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

/** Letters to insert, drop or replace to turn one word into the other (Levenshtein). */
const editsBetween = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};
