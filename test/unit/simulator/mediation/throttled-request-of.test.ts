import { describe, expect, it } from 'vitest';
import type { Throttle } from '../../../../compose/wso2am/server/mediation/admission.ts';
import { throttledRequestOf } from '../../../../compose/wso2am/server/mediation/throttled-request-of.ts';
import type { ThrottledRequest } from '../../../../compose/wso2am/server/throttling/gateway/throttled-request.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { bearer, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { grantedInfo, resourceInfo } from './sample-info.ts';

useSharedKey();

/** What throttling hears of one POST through a gateway. */
const requestThrough = async (
  info: Parameters<typeof grantedInfo>[0],
  xml: string,
  body: RequestInit = { body: 'pizza' },
): Promise<ThrottledRequest> => {
  const heard: Parameters<Throttle>[] = [];
  const throttle: Throttle = (...call) => {
    heard.push(call);
    return undefined;
  };
  const gateway = await startGateway({ parts: { throttle } });
  await gateway.artifacts.apis.deploy(xml);
  await startBackend(gateway);
  gateway.keyManager.tokens.set('good', grantedInfo(info));
  gateway.keyManager.resources.push(resourceInfo({ httpVerb: 'POST', throttlingTier: '10KPerMin' }));
  const answer = await fetch(`${gateway.url}/pizzashack/1.0.0/menu?size=2`, {
    method: 'POST',
    ...body,
    headers: { ...bearer('good'), 'X-Own': 'a', 'X-Forwarded-For': '10.1.2.3, 10.0.0.1' },
  });
  const [call] = heard;
  if (!call) throw new Error(`throttling heard of no call: ${answer.status}`);
  return throttledRequestOf(...call);
};

const XML = apiXml({ resources: [['GET POST', '/menu']] });

describe('what throttling hears of a call', () => {
  it('names API, resource, application and subscription as the event stream wants them', async () => {
    expect(await requestThrough({}, XML)).toMatchObject({
      apiContext: '/pizzashack/1.0.0',
      apiVersion: '1.0.0',
      apiName: 'admin--PizzaShackAPI',
      apiTenant: 'carbon.super',
      resources: [{ uriTemplate: '/menu', verb: 'POST', tier: '10KPerMin' }],
      application: { id: '7', name: 'app1', tier: 'Unlimited', tenant: 'carbon.super' },
      subscription: { tier: 'Bronze', stopOnQuotaReach: true },
      user: 'admin@carbon.super',
      keyType: 'PRODUCTION',
      clientIp: '10.1.2.3',
      query: { size: '2' },
    });
  });

  it('keeps header names as the client wrote them', async () => {
    expect((await requestThrough({}, XML)).headers).toMatchObject({ 'X-Own': 'a' });
  });

  it('has the size of the message where a policy counts bytes, and only there', async () => {
    expect(await requestThrough({ contentAware: true }, XML)).toMatchObject({ messageSize: 5 });
    expect(await requestThrough({}, XML)).toMatchObject({ messageSize: undefined });
  });

  it('takes a message whose size the client does not say for an empty one', async () => {
    const body = { body: new Blob(['pizza']).stream(), duplex: 'half' as const };

    expect(await requestThrough({ contentAware: true }, XML, body)).toMatchObject({ messageSize: 0 });
  });

  it('has the policy of the API, its bursts and its hard limit where there are any', async () => {
    const limited = XML.replace(
      '</handlers>',
      '<handler class="x.ThrottleHandler"><property name="productionMaxCount" value="9"/></handler></handlers>',
    );

    expect(
      await requestThrough({ apiTier: 'Gold', spikeArrestLimit: 5, spikeArrestUnit: 'sec' }, limited),
    ).toMatchObject({
      apiTier: 'Gold',
      subscription: { spikeArrest: { limit: 5, unit: 'sec' } },
      hardLimit: { limit: 9, unitTime: 1000 },
    });
  });

  it('has the claims of the token that the Key Manager makes for the back end, and none of a broken one', async () => {
    const claims = { 'http://wso2.org/claims/role': 'gold', exp: 7 };
    const jwt = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

    expect(await requestThrough({ endUserToken: jwt }, XML)).toMatchObject({ jwtClaims: { ...claims, exp: '7' } });
    for (const endUserToken of ['', 'a.b.c', 'a']) {
      expect(await requestThrough({ endUserToken }, XML)).toMatchObject({ jwtClaims: {} });
    }
  });
});
