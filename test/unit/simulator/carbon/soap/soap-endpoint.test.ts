import { describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../../../compose/wso2am/server/carbon/session-store.ts';
import { authenticationAdmin } from '../../../../../compose/wso2am/server/carbon/soap/authentication-admin.ts';
import { escapeXml } from '../../../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { soapEndpoint } from '../../../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { versionService } from '../../../../../compose/wso2am/server/carbon/soap/version-service.ts';
import { memoryUserStore } from '../../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import type { Call } from '../../../../../compose/wso2am/server/carbon/web.ts';
import { basicHeader, sampleCall } from '../sample-call.ts';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

const envelope = (content: string, namespace = SOAP_11): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="${namespace}"><s:Header/><s:Body>${content}</s:Body></s:Envelope>`;

const login = (username: string, password: string): string =>
  `<a:login xmlns:a="http://authentication.services.core.carbon.wso2.org"><a:username>${escapeXml(username)}</a:username><a:password>${escapeXml(password)}</a:password><a:remoteAddress>10.0.0.5</a:remoteAddress></a:login>`;

const startNode = () => {
  const warnings: string[] = [];
  const quiet = (): void => undefined;
  const log = {
    debug: quiet,
    info: quiet,
    warn: (text: string) => void warnings.push(text),
    error: quiet,
    fatal: quiet,
  };
  const users = memoryUserStore({ username: 'admin', password: 'p<&>w' }, []);
  const authenticator = createAuthenticator(
    users,
    createSessionStore(() => 0),
  );
  const notSimulated: string[] = [];
  const endpoint = soapEndpoint({
    services: [versionService('3.1.0'), authenticationAdmin(authenticator, log)],
    notSimulated: ['APIGatewayAdmin'],
    onNotSimulated: (what) => notSimulated.push(what),
    authenticator,
    log,
  });
  const call = async (service: string, text: string, parts: Partial<Call> = {}) =>
    endpoint.handle(sampleCall({ method: 'POST', path: `/services/${service}`, params: { service }, text, ...parts }));
  return { call, warnings, notSimulated };
};

const cookieOf = (answer: Awaited<ReturnType<ReturnType<typeof startNode>['call']>>): { cookie: string } => ({
  cookie: String(answer.headers?.['Set-Cookie']).split(';')[0] ?? '',
});

const GET_API = envelope('<g:getApi xmlns:g="http://service.gateway.apimgt.carbon.wso2.org"/>');

describe('AuthenticationAdmin', () => {
  it('answers a log-in with true and a session cookie', async () => {
    const answer = await startNode().call('AuthenticationAdmin', envelope(login('admin', 'p<&>w')));

    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<ns:return>true</ns:return>');
    expect(answer.headers?.['Set-Cookie']).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/; Secure; HttpOnly$/);
  });

  it('answers a wrong password with false and no cookie', async () => {
    const answer = await startNode().call('AuthenticationAdmin', envelope(login('admin', 'wrong')));

    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<ns:return>false</ns:return>');
    expect(answer.headers).not.toHaveProperty('Set-Cookie');
  });

  it('speaks the SOAP version it is spoken to in', async () => {
    const { call } = startNode();
    const [old, recent] = await Promise.all([
      call('AuthenticationAdmin', envelope(login('admin', 'x'), SOAP_11)),
      call('AuthenticationAdmin', envelope(login('admin', 'x'), SOAP_12)),
    ]);

    expect(old.headers?.['Content-Type']).toBe('text/xml; charset=UTF-8');
    expect(old.body).toContain(SOAP_11);
    expect(recent.headers?.['Content-Type']).toBe('application/soap+xml; charset=UTF-8');
    expect(recent.body).toContain(SOAP_12);
  });

  it('ends a session with logout', async () => {
    const { call } = startNode();
    const headers = cookieOf(await call('AuthenticationAdmin', envelope(login('admin', 'p<&>w'))));
    expect((await call('APIGatewayAdmin', GET_API, { headers })).status).toBe(501);

    expect((await call('AuthenticationAdmin', envelope('<logout/>'), { headers })).status).toBe(202);

    expect((await call('APIGatewayAdmin', GET_API, { headers })).body).toContain('Access Denied. Please login first');
  });

  it('is found under the names Axis2 gives its endpoints', async () => {
    const name = 'AuthenticationAdmin.AuthenticationAdminHttpsSoap12Endpoint';

    expect((await startNode().call(name, envelope(login('admin', 'x')))).status).toBe(200);
  });
});

describe('an admin service', () => {
  it('refuses a cookie of another node, with a line in the log', async () => {
    const { call, warnings } = startNode();
    const answer = await call('APIGatewayAdmin', GET_API, { headers: { cookie: 'JSESSIONID=0A1B' } });

    expect(answer.status).toBe(500);
    expect(answer.body).toContain('<faultstring>Access Denied. Please login first</faultstring>');
    expect(warnings).toEqual([expect.stringContaining('Illegal access attempt from IP address 10.0.0.5')]);
  });

  it('takes Basic and hands out a cookie', async () => {
    const headers = { cookie: 'JSESSIONID=0A1B', ...basicHeader('admin', 'p<&>w') };
    const answer = await startNode().call('APIGatewayAdmin', GET_API, { headers });

    expect(answer.headers?.['Set-Cookie']).toMatch(/^JSESSIONID=/);
  });

  it('that is not simulated says so, with 501 and a line in the log', async () => {
    const { call, notSimulated } = startNode();
    const answer = await call('APIGatewayAdmin', GET_API, { headers: basicHeader('admin', 'p<&>w') });

    expect(answer.status).toBe(501);
    expect(answer.body).toContain('APIGatewayAdmin.getApi');
    expect(notSimulated).toEqual(['APIGatewayAdmin.getApi']);
  });

  it('is there over TLS only, unless anybody may call it', async () => {
    const { call } = startNode();
    const version = envelope('<v:getVersion xmlns:v="http://version.services.core.carbon.wso2.org"/>');

    expect((await call('APIGatewayAdmin', GET_API, { secure: false })).status).toBe(404);
    expect((await call('Version', version, { secure: false })).body).toContain('WSO2 API Manager-3.1.0');
  });

  it('the profile does not have is not found', async () => {
    expect((await startNode().call('APIKeyValidationService', GET_API)).status).toBe(404);
  });
});

describe('a call of a service', () => {
  it.each([
    ['no XML', 'hello'],
    ['a document type', `<!DOCTYPE a [<!ENTITY x "y">]>${GET_API}`],
    ['no envelope', '<login/>'],
    ['an empty body', envelope('')],
    ['two operations', envelope('<a/><b/>')],
  ])('is a fault with %s', async (_case, text) => {
    const answer = await startNode().call('AuthenticationAdmin', text);

    expect(answer.status).toBe(500);
    expect(answer.body).toContain('<faultstring>');
  });

  it('is a fault when there is no such operation', async () => {
    const answer = await startNode().call('AuthenticationAdmin', envelope('<dance/>', SOAP_12));

    expect(answer.status).toBe(500);
    expect(answer.body).toContain('the WSA Action = dance</soapenv:Text>');
  });
});
