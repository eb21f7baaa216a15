import { type CST, Parser } from 'yaml';

/**
 * Offset of the first thing nested deeper than `limit`. Goes down level by level, so that no text can exhaust the stack:
 * the parser for tokens does not recurse, the one for documents does.
 */
export const findNesting = (text: string, limit: number): number | undefined => {
  let level: readonly CST.Token[] = [...new Parser().parse(text)];
  for (let depth = 0; depth <= limit; depth += 1) level = level.flatMap(tokensBelow);
  return level[0]?.offset;
};

const tokensBelow = (token: CST.Token): readonly CST.Token[] => {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
};
