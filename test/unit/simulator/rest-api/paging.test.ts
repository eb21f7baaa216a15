import { describe, expect, it } from 'vitest';
import { paged, pageOf } from '../../../../compose/wso2am/server/rest-api/paging.ts';

const page = (query: string) => pageOf(new URLSearchParams(query));

describe('a page', () => {
  it('is the first 25 unless asked otherwise', () => {
    expect(page('')).toEqual({ limit: 25, offset: 0 });
    expect(page('limit=&offset=')).toEqual({ limit: 25, offset: 0 });
    expect(page('limit=-1&offset=-5')).toEqual({ limit: 25, offset: 0 });
    expect(page('limit=3&offset=6')).toEqual({ limit: 3, offset: 6 });
  });

  it.each(['limit=x', 'offset=1.5', 'limit=1e9', 'limit=99999999999999999999'])('is not given for %s', (query) => {
    expect(() => page(query)).toThrow(/should be a number/);
  });

  it('links to its neighbours with the filters of the list', () => {
    const { count, list, pagination } = paged([1, 2, 3, 4, 5], { limit: 2, offset: 2 }, '/apis', { query: 'a b' });

    expect({ count, list }).toEqual({ count: 2, list: [3, 4] });
    expect(pagination).toEqual({
      limit: 2,
      offset: 2,
      total: 5,
      next: '/apis?limit=2&offset=4&query=a+b',
      previous: '/apis?limit=2&offset=0&query=a+b',
    });
  });

  it('has no link where there is no neighbour', () => {
    expect(paged([1, 2], { limit: 2, offset: 0 }, '/apis').pagination).toMatchObject({ next: '', previous: '' });
    expect(paged([1, 2], { limit: 0, offset: 1 }, '/apis')).toMatchObject({
      count: 0,
      pagination: { next: '', previous: '', total: 2 },
    });
  });
});
