import { describe, expect, it } from 'vitest';
import { createRouter } from '../../../../compose/wso2am/server/carbon/router.ts';
import type { Endpoint } from '../../../../compose/wso2am/server/carbon/web.ts';

const endpoint = (method: Endpoint['method'], path: string): Endpoint => ({
  method,
  path,
  handle: () => ({ status: 200 }),
});

const VERSION = endpoint('GET', '/services/Version');
const SERVICE = endpoint('POST', '/services/:service');
const APIS = endpoint(['GET', 'POST'], '/api/am/publisher/v1/apis');
const ADMIN = endpoint('GET', '/admin/*');
const route = createRouter([VERSION, SERVICE, APIS, ADMIN]);

describe('the router', () => {
  it('finds an endpoint by method and path', () => {
    expect(route('GET', '/services/Version')).toEqual({ kind: 'endpoint', endpoint: VERSION, params: {} });
    expect(route('POST', '/services/Version')).toMatchObject({ endpoint: SERVICE, params: { service: 'Version' } });
  });

  it('decodes parameters, and takes long ones', () => {
    const long = 'x'.repeat(1000);

    expect(route('POST', '/services/a%20b%2Fc')).toMatchObject({ params: { service: 'a b/c' } });
    expect(route('POST', `/services/${long}`)).toMatchObject({ params: { service: long } });
  });

  it('answers HEAD where there is GET', () => {
    expect(route('HEAD', '/services/Version')).toMatchObject({ endpoint: VERSION });
    expect(route('HEAD', '/services/Other')).toMatchObject({ kind: 'wrong-method' });
  });

  it('leaves HEAD to an endpoint of its own', () => {
    const head = endpoint('HEAD', '/scopes/:scopeId');
    const find = createRouter([endpoint('GET', '/scopes/:name'), head]);
    expect(find('HEAD', '/scopes/a')).toMatchObject({ endpoint: head });
  });

  it('takes a slash at the end and doubled ones', () => {
    expect(route('GET', '/services//Version/')).toMatchObject({ endpoint: VERSION });
  });

  it('gives what a wildcard stands for', () => {
    expect(route('GET', '/admin/a/b')).toMatchObject({ endpoint: ADMIN, params: { '*': 'a/b' } });
  });

  it('names the methods of a path that has others only', () => {
    expect(route('DELETE', '/api/am/publisher/v1/apis')).toEqual({
      kind: 'wrong-method',
      allowed: ['GET', 'HEAD', 'POST'],
    });
    expect(route('BREW', '/services/Version')).toMatchObject({ kind: 'wrong-method' });
  });

  it('tells a broken path from an unknown one', () => {
    expect(route('GET', '/services/%zz')).toEqual({ kind: 'bad-path' });
    expect(route('GET', '/elsewhere')).toEqual({ kind: 'none' });
    expect(route('OPTIONS', '*')).toEqual({ kind: 'none' });
  });
});
