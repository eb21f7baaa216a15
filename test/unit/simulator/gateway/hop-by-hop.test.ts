import { describe, expect, it } from 'vitest';
import { endToEndHeaders, hasHeader } from '../../../../compose/wso2am/server/gateway/hop-by-hop.ts';

describe('headers that travel on', () => {
  it('are all but those of the connection, the named ones included, as they were written', () => {
    const headers = ['Connection', 'Keep-Alive, X-Hop', 'Keep-Alive', 'timeout=5', 'Transfer-Encoding', 'chunked'];
    const others = [
      'TE',
      'trailers',
      'X-HOP',
      '1',
      'Authorization',
      'Basic x',
      'Set-Cookie',
      'a=1',
      'set-cookie',
      'b=2',
    ];

    expect(endToEndHeaders([...headers, ...others])).toEqual(others.slice(4));
    expect(endToEndHeaders(others, new Set(['authorization', 'set-cookie']))).toEqual(['X-HOP', '1']);
  });

  it('are found whatever their case', () => {
    expect(hasHeader(['X-One', '1', 'X-Two', '2'], 'x-two')).toBe(true);
    expect(hasHeader(['X-One', 'x-two'], 'x-two')).toBe(false);
  });
});
