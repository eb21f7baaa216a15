import { describe, expect, it } from 'vitest';
import { endToEndHeaders } from '../../../../compose/wso2am/server/gateway/hop-by-hop.ts';

describe('headers that travel on', () => {
  it('are all but those of the connection, the named ones included', () => {
    const headers = {
      connection: 'keep-alive, X-Hop',
      'keep-alive': 'timeout=5',
      'transfer-encoding': 'chunked',
      te: 'trailers',
      'x-hop': '1',
      authorization: 'Basic x',
      'set-cookie': ['a=1', 'b=2'],
    };

    expect(endToEndHeaders(headers)).toEqual({ authorization: 'Basic x', 'set-cookie': ['a=1', 'b=2'] });
  });
});
