import { describe, expect, it } from 'vitest';
import { sessionCookie, sessionIdOf } from '../../../../compose/wso2am/server/carbon/session-cookie.ts';

describe('the session cookie', () => {
  it('is for the whole host, TLS and HTTP only', () => {
    expect(sessionCookie('0A1B')).toBe('JSESSIONID=0A1B; Path=/; Secure; HttpOnly');
  });

  it('is found among others', () => {
    expect(sessionIdOf({ cookie: 'route=x; JSESSIONID=0A1B; other=y' })).toBe('0A1B');
  });

  it('loses the route a load balancer put behind it', () => {
    expect(sessionIdOf({ cookie: 'JSESSIONID=0A1B.node1' })).toBe('0A1B');
  });

  it.each([[{}], [{ cookie: 'XJSESSIONID=0A1B' }], [{ cookie: 'JSESSIONID=' }]])('is absent in %j', (headers) => {
    expect(sessionIdOf(headers)).toBeUndefined();
  });
});
