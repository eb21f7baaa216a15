import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyValidationServices } from '../../../compose/wso2am/server/key-validation/key-validation-services.ts';
import { addUser, insertRow } from '../oauth2/rows.ts';
import { addGroup, addPolicy, setApiPolicy, setResourcePolicy } from './advanced-policy-rows.ts';
import {
  applicationToken,
  requireScope,
  type Subscribed,
  setSubscription,
  subscribe,
  useKeyValidation,
  userToken,
} from './key-validation-fixture.ts';

const fixture = useKeyValidation();

let agent: Agent;
beforeAll(() => {
  agent = new Agent({ connect: { ca: fixture.authority } });
});
afterAll(() => agent.close());

/** The question of wire.md 11.1, as a client of the WSDL writes it. */
const envelopeOf = (operation: string, values: Readonly<Record<string, string | null>>): string => {
  const children = Object.entries(values).map(([name, value]) =>
    value === null
      ? `<v:${name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="1"/>`
      : `<v:${name}>${value}</v:${name}>`,
  );
  return `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
 <v:${operation} xmlns:v="http://org.apache.axis2/xsd">${children.join('')}</v:${operation}>
</soapenv:Body></soapenv:Envelope>`;
};

const post = async (body: string, headers: Readonly<Record<string, string>>) => {
  const options: RequestInit & { readonly dispatcher: Agent } = { method: 'POST', body, headers, dispatcher: agent };
  const answer = await fetch(`${fixture.serviceUrl}APIKeyValidationService`, options);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

const basic = (user: string, password: string) => ({
  'Content-Type': 'text/xml; charset=UTF-8',
  SOAPAction: '"urn:validateKey"',
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const ADMIN = basic('admin', 'admin');

const validate = async (api: Subscribed, token: string, changes: Readonly<Record<string, string>> = {}) => {
  const values = {
    context: api.context,
    version: '1.0.0',
    accessToken: token,
    requiredAuthenticationLevel: 'Any',
    clientDomain: null,
    matchingResource: '/menu',
    httpVerb: 'GET',
    ...changes,
  };
  return (await post(envelopeOf('validateKey', values), ADMIN)).text;
};

const verdictIn = (text: string) => ({
  authorized: /<d:authorized>(\w+)</.exec(text)?.[1],
  status: Number(/<d:validationStatus>(\d+)</.exec(text)?.[1]),
});

const granted = { authorized: 'true', status: 0 };
const refused = (status: number) => ({ authorized: 'false', status });

describe('validateKey', () => {
  it('answers a good token with the elements of the WSDL in its order and namespaces', async () => {
    const api = await subscribe(fixture.km);
    const text = await validate(api, await applicationToken(fixture.km, api));
    const fields = [...text.matchAll(/<d:(\w+)(?: xsi:nil="true"\/>|>([^<]*)<)/g)].map(([, name, value]) => [
      name,
      value,
    ]);

    expect(text).toContain('<ns:validateKeyResponse xmlns:ns="http://org.apache.axis2/xsd">');
    expect(text).toContain('xmlns:d="http://dto.impl.apimgt.carbon.wso2.org/xsd"');
    expect(text).toContain('xsi:type="d:APIKeyValidationInfoDTO"');
    expect(fields).toEqual([
      ['apiName', api.name],
      ['apiPublisher', 'admin'],
      ['apiTier', undefined],
      ['applicationId', String(api.application)],
      ['applicationName', expect.stringMatching(/^subscriber-/)],
      ['applicationTier', '10PerMin'],
      ['authorized', 'true'],
      ['authorizedDomains', undefined],
      ['consumerKey', api.client.id],
      ['contentAware', 'false'],
      ['endUserName', 'admin@carbon.super'],
      ['endUserToken', undefined],
      ['issuedTime', expect.stringMatching(/^\d{13}$/)],
      ['scopes', 'am_application_scope'],
      ['scopes', 'default'],
      ['spikeArrestLimit', '0'],
      ['spikeArrestUnit', undefined],
      ['stopOnQuotaReach', 'true'],
      ['subscriber', 'admin'],
      ['subscriberTenantDomain', 'carbon.super'],
      ['throttlingDataList', 'api_level_throttling_key'],
      ['tier', 'Bronze'],
      ['type', 'PRODUCTION'],
      ['userType', 'APPLICATION'],
      ['validationStatus', '0'],
      ['validityPeriod', expect.stringMatching(/^3[56]\d{5}$/)],
    ]);
  });

  it('refuses an unknown token with 900901, the throttling data nil but there', async () => {
    const text = await validate(await subscribe(fixture.km), 'unknown');

    expect(verdictIn(text)).toEqual(refused(900901));
    expect(text).toContain('<d:throttlingDataList xsi:nil="true"/>');
  });

  it('refuses a revoked token with 900901', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    await fixture.km.request('/oauth2/revoke', { basic: api.client.basic, form: { token } });

    expect(verdictIn(await validate(api, token))).toEqual(refused(900901));
  });

  it('refuses a token without a subscription with 900908', async () => {
    const [one, other] = [await subscribe(fixture.km), await subscribe(fixture.km)];

    expect(verdictIn(await validate(other, await applicationToken(fixture.km, one)))).toEqual(refused(900908));
  });

  it('says of a refused token how long it is valid, so that gateways keep the refusal no longer', async () => {
    const [one, other] = [await subscribe(fixture.km), await subscribe(fixture.km)];
    const text = await validate(other, await applicationToken(fixture.km, one));

    expect(/<d:validityPeriod>(\d+)</.exec(text)?.[1]).toMatch(/^3[56]\d{5}$/);
    expect(/<d:issuedTime>(\d+)</.exec(text)?.[1]).toMatch(/^\d{13}$/);
  });

  it.each([
    ['UNBLOCKED', 'PRODUCTION', granted],
    ['BLOCKED', 'PRODUCTION', refused(900907)],
    ['BLOCKED', 'SANDBOX', refused(900907)],
    ['PROD_ONLY_BLOCKED', 'PRODUCTION', refused(900907)],
    ['PROD_ONLY_BLOCKED', 'SANDBOX', granted],
    ['ON_HOLD', 'PRODUCTION', refused(900909)],
    ['REJECTED', 'PRODUCTION', refused(900909)],
  ])('judges a subscription that is %s for a %s key', async (status, keyType, verdict) => {
    const api = await subscribe(fixture.km, keyType);
    const token = await applicationToken(fixture.km, api);
    await setSubscription(fixture.km, api, status);

    expect(verdictIn(await validate(api, token))).toEqual(verdict);
  });

  it('asks for the scope of the resource, and for none elsewhere', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    await requireScope(fixture.km, api, `menu-of-${api.name}`);

    expect(verdictIn(await validate(api, token))).toEqual(refused(900910));
    expect(verdictIn(await validate(api, token, { httpVerb: 'PUT' }))).toEqual(granted);
    await requireScope(fixture.km, { ...api, context: api.context }, 'unrelated');
    expect(verdictIn(await validate(api, token))).toEqual(refused(900910));
  });

  it('takes a token with one of the scopes', async () => {
    const api = await subscribe(fixture.km);
    await requireScope(fixture.km, api, `one-of-${api.name}`);
    const token = await applicationToken(fixture.km, api);
    await fixture.km.context.databases.apim?.execute(
      `INSERT INTO IDN_OAUTH2_ACCESS_TOKEN_SCOPE (TOKEN_ID, TOKEN_SCOPE)
       SELECT TOKEN_ID, ? FROM IDN_OAUTH2_ACCESS_TOKEN WHERE ACCESS_TOKEN = ?`,
      [`one-of-${api.name}`, token],
    );

    expect(verdictIn(await validate(api, token))).toEqual(granted);
  });

  it('wants the kind of token that the resource asks for', async () => {
    const api = await subscribe(fixture.km);
    const ofUser = await userToken(fixture.km, api);
    const level = (requiredAuthenticationLevel: string) => ({ requiredAuthenticationLevel });

    expect(verdictIn(await validate(api, ofUser, level('Application_User')))).toEqual(granted);
    expect(verdictIn(await validate(api, ofUser, level('Application')))).toEqual(refused(900905));
  });

  it('knows the version behind the default one', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);

    expect(verdictIn(await validate(api, token, { version: '_default_1.0.0' }))).toEqual(granted);
    expect(verdictIn(await validate(api, token, { version: '2.0.0' }))).toEqual(refused(900908));
  });

  it('refuses an opaque token of an application that takes JWTs, without a reason', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    await fixture.km.context.databases.apim?.execute(
      "UPDATE AM_APPLICATION SET TOKEN_TYPE = 'JWT' WHERE APPLICATION_ID = ?",
      [api.application],
    );

    expect(verdictIn(await validate(api, token))).toEqual(refused(0));
  });

  it.each(["' OR '1'='1", '"; DROP TABLE AM_API; --', '&lt;script>', '%00', 'x'.repeat(5000)])(
    'takes %j for an unknown token and nothing else',
    async (token) => {
      expect(verdictIn(await validate(await subscribe(fixture.km), token.replaceAll('"', '&quot;')))).toEqual(
        refused(900901),
      );
    },
  );
});

describe('an API is content aware', () => {
  it.each<[string, (api: Subscribed) => Promise<unknown>]>([
    ['when the policy of one of its resources counts bytes', (api) => setResourcePolicy(fixture.km, api, 'Bytes')],
    ['when the policy of the whole API counts bytes', (api) => setApiPolicy(fixture.km, api, 'Bytes')],
    ['when one of its condition groups counts bytes', (api) => setResourcePolicy(fixture.km, api, 'SomeBytes')],
  ])('%s', async (_when, name) => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    expect(await validate(api, token)).toContain('<d:contentAware>false<');

    await name(api);

    expect(await validate(api, token)).toContain('<d:contentAware>true<');
  });

  beforeAll(async () => {
    await addPolicy(fixture.km, 'Bytes', 'bandwidthVolume');
    await addGroup(fixture.km, 'SomeBytes', 'bandwidthVolume');
  });
});

describe('getAllURITemplates', () => {
  const templatesOf = async (context: string): Promise<string> =>
    (await post(envelopeOf('getAllURITemplates', { context, version: '1.0.0' }), ADMIN)).text;

  it('lists the resources of an API as wire.md 11.2 has it', async () => {
    const { context } = await subscribe(fixture.km);

    expect(await templatesOf(context)).toContain(
      '<ns:getAllURITemplatesResponse xmlns:ns="http://org.apache.axis2/xsd"><ns:return xmlns:m="http://model.api.apimgt.carbon.wso2.org/xsd"><m:HTTPVerb>GET</m:HTTPVerb><m:applicableLevel>apiLevel</m:applicableLevel><m:authType>Any</m:authType><m:throttlingConditions>_default</m:throttlingConditions><m:throttlingTier>Unlimited</m:throttlingTier><m:throttlingTiers>Unlimited</m:throttlingTiers><m:uriTemplate>/menu</m:uriTemplate></ns:return>',
    );
  });

  it('tells the condition groups of the policy that counts: that of the resource, or that of the whole API', async () => {
    const api = await subscribe(fixture.km);
    const address = await addGroup(fixture.km, 'OfResource', 'requestCount');
    await insertRow(fixture.km, 'AM_IP_CONDITION', {
      CONDITION_GROUP_ID: address,
      STARTING_IP: '10.0.0.1',
      ENDING_IP: '10.0.0.5',
      WITHIN_IP_RANGE: 0,
    });
    const header = await addGroup(fixture.km, 'OfApi', 'requestCount');
    await insertRow(fixture.km, 'AM_HEADER_FIELD_CONDITION', {
      CONDITION_GROUP_ID: header,
      HEADER_FIELD_NAME: 'X-Plan',
      HEADER_FIELD_VALUE: 'a<b',
      IS_HEADER_FIELD_MAPPING: 1,
    });
    await setResourcePolicy(fixture.km, api, 'OfResource');

    expect(await templatesOf(api.context)).toContain(
      `<m:authType>Any</m:authType><m:conditionGroups xmlns:c="http://dto.api.apimgt.carbon.wso2.org/xsd"><c:conditionGroupId>_condition_${address}</c:conditionGroupId><c:conditions><c:conditionName>10.0.0.1</c:conditionName><c:conditionType>IPRange</c:conditionType><c:conditionValue>10.0.0.5</c:conditionValue><c:inverted>false</c:inverted></c:conditions></m:conditionGroups><m:conditionGroups xmlns:c="http://dto.api.apimgt.carbon.wso2.org/xsd"><c:conditionGroupId>_default</c:conditionGroupId></m:conditionGroups><m:throttlingConditions>_condition_${address}</m:throttlingConditions><m:throttlingConditions>_default</m:throttlingConditions><m:throttlingTier>OfResource</m:throttlingTier>`,
    );
    await setApiPolicy(fixture.km, api, 'OfApi');
    const ofApi = await templatesOf(api.context);
    expect(ofApi).toContain(
      `<c:conditionName>X-Plan</c:conditionName><c:conditionType>Header</c:conditionType><c:conditionValue>a&lt;b</c:conditionValue><c:inverted>true</c:inverted>`,
    );
    expect(ofApi).not.toContain(`_condition_${address}`);
  });

  it('says nil of an API that is not there', async () => {
    expect(await templatesOf('/nowhere/1.0.0')).toContain('xsi:nil="true"/></ns:getAllURITemplatesResponse>');
  });
});

describe('who may ask', () => {
  const question = envelopeOf('getAllURITemplates', { context: '/x', version: '1' });

  it('is the admin, by Basic and then also by cookie', async () => {
    const first = await post(question, ADMIN);
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { Authorization: _left, ...withoutBasic } = ADMIN;

    expect(first.status).toBe(200);
    expect((await post(question, { ...withoutBasic, Cookie: cookie })).status).toBe(200);
    expect((await post(question, { ...ADMIN, Cookie: 'JSESSIONID=OF-ANOTHER-NODE' })).status).toBe(200);
  });

  it('is nobody else', async () => {
    await addUser(fixture.km, 'clerk', ['publisher']);

    expect((await post(question, basic('admin', 'wrong'))).status).toBe(500);
    expect((await post(question, basic('clerk', 'secret'))).text).toContain('Access Denied. Authorization failed');
  });

  it('is nobody at all in 3.2.0, which has no such service', () => {
    const services = keyValidationServices({ ...fixture.km.context, version: '3.2.0' });

    expect(services.map(({ name }) => name)).not.toContain('APIKeyValidationService');
  });
});

describe('time', () => {
  it('ends a token', async () => {
    const api = await subscribe(fixture.km);
    const token = await applicationToken(fixture.km, api);
    fixture.pass(3_601_000);

    expect(verdictIn(await validate(api, token))).toEqual(refused(900901));
    fixture.pass(-3_601_000);
    expect(verdictIn(await validate(api, token))).toEqual(granted);
  });
});
