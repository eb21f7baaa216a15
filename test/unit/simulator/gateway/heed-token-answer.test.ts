import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { heedTokenAnswer } from '../../../../compose/wso2am/server/gateway/heed-token-answer.ts';
import { oauthApisOf } from '../../../../compose/wso2am/server/gateway/oauth-apis.ts';
import { noSuchApi, servePassthrough } from '../../../../compose/wso2am/server/gateway/passthrough.ts';
import { upstreamAgent } from '../../../../compose/wso2am/server/gateway/upstream-agent.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { warmCaches } from './warm-caches.ts';

/** A gateway that knows the tokens t1 and t2, before a Key Manager whose every answer has these headers. */
const startGateway = async (headers: Readonly<Record<string, string>>) => {
  const authority = await testAuthority();
  const { key, certificate } = await serverCredential(authority, 'km.lab');
  const keyManager = createTlsServer({ key, cert: certificate }, (_request, response) => {
    response.writeHead(200, headers).end();
  });
  const agent = upstreamAgent([authority.certificate]);
  onTestFinished(() => agent.destroy());
  const caches = warmCaches();
  const handler = servePassthrough({
    apis: oauthApisOf('3.0.0'),
    keyManager: { host: '127.0.0.1', port: await listenOnLoopback(keyManager) },
    agent,
    timeout: 10_000,
    log: recordedLog().log(''),
    onTokenAnswer: (answer) => heedTokenAnswer(caches, answer),
    otherwise: noSuchApi,
  });
  const port = await listenOnLoopback(createServer(handler));
  const post = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'grant_type=refresh_token' })).status;
  return { caches, post };
};

describe('the answers of the token API', () => {
  it('make a revoked token invalid and a deactivated one unknown', async () => {
    const { caches, post } = await startGateway({ RevokedAccessToken: 't1', DeactivatedAccessToken: 't2' });

    expect(await post('/token')).toBe(200);
    expect([caches.tokens.get('t1'), caches.invalidTokens.get('t1')]).toEqual([undefined, 'carbon.super']);
    expect([caches.tokens.get('t2'), caches.invalidTokens.get('t2')]).toEqual([undefined, undefined]);
  });

  it('alone are read: those of the revoke API change nothing here', async () => {
    const { caches, post } = await startGateway({ RevokedAccessToken: 't1' });

    expect(await post('/revoke')).toBe(200);
    expect(caches.tokens.get('t1')).toBe('carbon.super');
  });
});
