import { createServer as createTlsServer } from 'node:https';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { soapCacheInvalidator } from '../../../../compose/wso2am/server/announcements/soap-cache-invalidator.ts';
import { createAuthenticator } from '../../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { BODY_LIMIT } from '../../../../compose/wso2am/server/carbon/http-limits.ts';
import { createRouter } from '../../../../compose/wso2am/server/carbon/router.ts';
import { serveCalls } from '../../../../compose/wso2am/server/carbon/serve-calls.ts';
import { createSessionStore } from '../../../../compose/wso2am/server/carbon/session-store.ts';
import { authenticationAdmin } from '../../../../compose/wso2am/server/carbon/soap/authentication-admin.ts';
import { soapEndpoint } from '../../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { tomcatPage } from '../../../../compose/wso2am/server/carbon/tomcat-page.ts';
import { memoryUserStore } from '../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { authenticationService } from '../../../../compose/wso2am/server/gateway/authentication-service.ts';
import { upstreamAgent } from '../../../../compose/wso2am/server/gateway/upstream-agent.ts';
import type { GatewayCaches } from '../../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { warmCaches } from '../gateway/warm-caches.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { recordedLog } from '../synapse/recorded-log.ts';

let authority: Credential;
let credential: Credential;
beforeAll(async () => {
  authority = await testAuthority();
  credential = await serverCredential(authority, 'gw.lab');
});

type Gateway = { readonly serviceUrl: string; readonly caches: GatewayCaches };

/** The admin services of a gateway with warm caches. */
const startGateway = async (): Promise<Gateway> => {
  const log = recordedLog().log('');
  const users = memoryUserStore({ username: 'admin', password: 'admin' }, []);
  const authenticator = createAuthenticator(
    users,
    createSessionStore(() => 0),
  );
  const caches = warmCaches();
  const services = [authenticationAdmin(authenticator, log), authenticationService(caches)];
  const onNotSimulated = (): void => undefined;
  const listener = serveCalls({
    router: createRouter([soapEndpoint({ services, notSimulated: [], authenticator, log, onNotSimulated })]),
    fallback: () => tomcatPage(404, 'nothing here'),
    secure: true,
    bodyLimit: BODY_LIMIT,
    log,
    accessLog: () => undefined,
  });
  const port = await listenOnLoopback(createTlsServer({ key: credential.key, cert: credential.certificate }, listener));
  return { serviceUrl: `https://127.0.0.1:${port}/services/`, caches };
};

/** A node that knows gateways by these addresses, the first as `gw0`. */
const startCaller = (serviceUrls: readonly string[], password = 'admin') => {
  const agent = upstreamAgent([authority.certificate]);
  onTestFinished(() => agent.destroy());
  const { lines, log } = recordedLog();
  const environments = serviceUrls.map((serviceUrl, index) => ({
    name: `gw${index}`,
    serviceUrl,
    username: 'admin',
    password,
  }));
  return { ...soapCacheInvalidator(environments, agent, log('')), lines };
};

const invalid = ({ caches }: Gateway): readonly string[] =>
  ['t1', 't2'].filter((token) => caches.invalidTokens.get(token) !== undefined);

describe('the calls of 3.0.0 to gateways', () => {
  it('make tokens invalid in every environment, past one that is down', async () => {
    const [first, second] = [await startGateway(), await startGateway()];
    const caller = startCaller([first.serviceUrl, 'https://127.0.0.1:1/services/', second.serviceUrl]);
    await caller.tokens(['t1', 'stranger']);

    expect([invalid(first), invalid(second)]).toEqual([['t1'], ['t1']]);
    expect(caller.lines).toEqual(["ERROR Error occurred while invalidating the Gateway Token Cache of Gateway 'gw1'"]);
  });

  it('change nothing where the log-in is refused', async () => {
    const gateway = await startGateway();
    const caller = startCaller([gateway.serviceUrl], 'wrong');
    await caller.tokens(['t1', 't2']);

    expect(invalid(gateway)).toEqual([]);
    expect(caller.lines).toHaveLength(1);
  });

  it('remove each resource, and all of them for a policy', async () => {
    const gateway = await startGateway();
    const { resources, lines } = startCaller([gateway.serviceUrl]);
    const pizza = { context: '/pizzashack/1.0.0', version: '1.0.0' };
    const both = ['GET', 'POST'].map((verb) => ({ template: '/menu', verb }));
    await resources({ ...pizza, resources: both });

    expect([gateway.caches.apiResources.size(), gateway.caches.resources.size()]).toEqual([1, 1]);
    await resources({ context: 'POLICY:/t/carbon.super/', version: '', resources: [] });
    expect([gateway.caches.apiResources.size(), gateway.caches.resources.size()]).toEqual([0, 0]);
    expect(lines).toEqual([]);
  });

  it('make gateways forget the passwords of one user and of many', async () => {
    const gateway = await startGateway();
    for (const name of ['a', 'b', 'c']) gateway.caches.usernames.put(`${name}@carbon.super`, 'hash');
    const { usernames, lines } = startCaller([gateway.serviceUrl]);
    await usernames(['a@carbon.super']);
    expect(gateway.caches.usernames.size()).toBe(2);
    await usernames(['b@carbon.super', 'c@carbon.super']);

    expect(gateway.caches.usernames.size()).toBe(0);
    expect(lines).toEqual([]);
  });
});
