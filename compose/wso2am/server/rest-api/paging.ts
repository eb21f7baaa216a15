import { RestError } from './rest-error.ts';

/** Defaults of every list (wire.md 7.3). */
const DEFAULT_LIMIT = 25;
const DEFAULT_OFFSET = 0;

export type Page = { readonly limit: number; readonly offset: number };

export type Paged<T> = {
  /** Entries on this page. */
  readonly count: number;
  readonly list: readonly T[];
  readonly pagination: Page & { readonly total: number; readonly next: string; readonly previous: string };
};

/** `limit` and `offset` of a query; negative numbers stand for the defaults. @throws RestError 400 for what is no number */
export const pageOf = (query: URLSearchParams): Page => ({
  limit: numberOf(query, 'limit', DEFAULT_LIMIT),
  offset: numberOf(query, 'offset', DEFAULT_OFFSET),
});

/**
 * One page of a whole list.
 * @param path of the list below the base path, for the links
 * @param filters further parameters the links repeat
 */
export const paged = <T>(
  all: readonly T[],
  { limit, offset }: Page,
  path: string,
  filters: Readonly<Record<string, string>> = {},
): Paged<T> => {
  const list = all.slice(offset, offset + limit);
  const link = (at: number): string =>
    `${path}?${new URLSearchParams({ limit: String(limit), offset: String(at), ...filters })}`;
  return {
    count: list.length,
    list,
    pagination: {
      offset,
      limit,
      total: all.length,
      next: offset + limit < all.length && limit > 0 ? link(offset + limit) : '',
      previous: offset > 0 && limit > 0 ? link(Math.max(0, offset - limit)) : '',
    },
  };
};

const numberOf = (query: URLSearchParams, name: string, fallback: number): number => {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  if (!/^-?\d{1,9}$/.test(text)) throw new RestError('badRequest', `${name} should be a number`);
  const number = Number(text);
  return number < 0 ? fallback : number;
};
