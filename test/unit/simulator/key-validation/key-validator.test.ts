import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Agent } from 'node:https';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { KeyManagerError } from '../../../../compose/wso2am/server/key-validation/key-manager-error.ts';
import { soapKeyValidator } from '../../../../compose/wso2am/server/key-validation/key-validator.ts';
import {
  uriTemplatesResponse,
  validateKeyResponse,
} from '../../../../compose/wso2am/server/key-validation/soap-messages.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { grantedInfo, refusedInfo, resourceInfo } from '../mediation/sample-info.ts';

const QUESTION = {
  context: '/pizzashack/1.0.0',
  version: '_default_1.0.0',
  accessToken: 'a<&>b',
  requiredAuthenticationLevel: 'Any',
  matchingResource: '/menu',
  httpVerb: 'GET',
};

const envelope = (content: string): string =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;

type Reply = { readonly status?: number; readonly body: string; readonly cookie?: string };

/** A client of a server that gives these replies, one after another, the last one for ever. */
const startClient = async (...replies: readonly Reply[]) => {
  const calls: { readonly headers: IncomingHttpHeaders; readonly url: string; readonly body: string }[] = [];
  const server = createServer(async (incoming, response) => {
    calls.push({ headers: incoming.headers, url: incoming.url ?? '', body: await text(incoming) });
    const reply = replies[Math.min(calls.length, replies.length) - 1];
    if (reply?.cookie !== undefined) response.setHeader('Set-Cookie', reply.cookie);
    response.writeHead(reply?.status ?? 200).end(reply?.body);
  });
  const serviceUrl = `http://127.0.0.1:${await listenOnLoopback(server)}/services/`;
  const address = { serviceUrl, username: 'admin', password: 'p:w', agent: new Agent(), timeout: 10_000 };
  return { validator: soapKeyValidator(address), calls };
};

const good = { body: envelope(validateKeyResponse(grantedInfo())) };

describe('a question about a key', () => {
  it('has the operation, Basic, the activity id, and the arguments in the order of the WSDL', async () => {
    const { validator, calls } = await startClient(good);
    await validator.validateKey(QUESTION, 'abc-1');
    const [call] = calls;
    const request = readEnvelope(call?.body ?? '');

    expect(call?.url).toBe('/services/APIKeyValidationService');
    expect(call?.headers).toMatchObject({
      soapaction: '"urn:validateKey"',
      'content-type': 'text/xml; charset=UTF-8',
      authorization: `Basic ${Buffer.from('admin:p:w').toString('base64')}`,
      activityid: 'abc-1',
    });
    expect([...(call?.body ?? '').matchAll(/<ns:(\w+)(?=[ >/])/g)].map(([, name]) => name)).toEqual([
      'validateKey',
      'context',
      'version',
      'accessToken',
      'requiredAuthenticationLevel',
      'clientDomain',
      'matchingResource',
      'httpVerb',
    ]);
    expect(call?.body).toContain('xmlns:ns="http://org.apache.axis2/xsd"');
    expect(request.argument('accessToken')).toBe('a<&>b');
  });

  it('carries the cookie of the last answer besides Basic', async () => {
    const cookie = 'JSESSIONID=0A1B; Path=/; Secure; HttpOnly';
    const { validator, calls } = await startClient({ ...good, cookie }, good);
    for (let call = 0; call < 3; call += 1) await validator.validateKey(QUESTION, 'a');

    expect(calls.map(({ headers }) => headers.cookie)).toEqual([undefined, 'JSESSIONID=0A1B', 'JSESSIONID=0A1B']);
    expect(calls.every(({ headers }) => headers.authorization?.startsWith('Basic '))).toBe(true);
  });

  it('is understood in its answer, every field of it', async () => {
    const info = grantedInfo({ apiTier: 'Gold', spikeArrestLimit: 5, scopes: ['a', 'b'], stopOnQuotaReach: false });
    const { validator } = await startClient({ body: envelope(validateKeyResponse(info)) });

    expect(await validator.validateKey(QUESTION, 'a')).toEqual(info);
  });

  it('may be answered with a token that never expires', async () => {
    const info = grantedInfo({ validityPeriod: Number.POSITIVE_INFINITY });
    const body = envelope(validateKeyResponse(info));
    const { validator } = await startClient({ body });

    expect(body).toContain('<d:validityPeriod>9223372036854775807</d:validityPeriod>');
    expect((await validator.validateKey(QUESTION, 'a')).validityPeriod).toBe(Number.POSITIVE_INFINITY);
  });

  it('may be answered with a refusal, whose list of throttling data is nil but there', async () => {
    const body = envelope(validateKeyResponse(refusedInfo(900908)));
    const { validator } = await startClient({ body });

    expect(body).toContain('<d:throttlingDataList xsi:nil="true"/>');
    expect(await validator.validateKey(QUESTION, 'a')).toMatchObject({ authorized: false, validationStatus: 900908 });
  });
});

describe('an answer that is none', () => {
  const fault = envelope(
    '<soapenv:Fault><faultcode>x</faultcode><faultstring>Access Denied</faultstring></soapenv:Fault>',
  );

  it.each<[string, Reply]>([
    ['a fault', { status: 500, body: fault }],
    ['a refusal by a load balancer', { status: 502, body: '<html>' }],
    ['a fault that came with 200', { body: fault }],
    ['no XML', { body: 'hello' }],
    ['the answer of another operation', { body: envelope(uriTemplatesResponse('getAllURITemplates', [])) }],
    ['null', { body: envelope('<ns:validateKeyResponse xmlns:ns="x"><ns:return/></ns:validateKeyResponse>') }],
    [
      'one without throttling data',
      { body: good.body.replace(/<d:throttlingDataList>.*<\/d:throttlingDataList>/, '') },
    ],
    [
      'one with a status that is no number',
      { body: good.body.replace('<d:validationStatus>0', '<d:validationStatus>x') },
    ],
  ])('is an error: %s; and is not asked for twice', async (_case, reply) => {
    const { validator, calls } = await startClient(reply);

    await expect(validator.validateKey(QUESTION, 'a')).rejects.toThrow(KeyManagerError);
    expect(calls).toHaveLength(1);
  });

  it('is an error: none within the time-out', async () => {
    const server = createServer(() => undefined);
    const serviceUrl = `http://127.0.0.1:${await listenOnLoopback(server)}/services/`;
    const silent = soapKeyValidator({ serviceUrl, username: '', password: '', agent: new Agent(), timeout: 30 });

    await expect(silent.validateKey(QUESTION, 'a')).rejects.toThrow(KeyManagerError);
  });

  it('is an error: an address that is no URL', async () => {
    const serviceUrl = `https://km:\${km.port}/services/`;
    const lost = soapKeyValidator({ serviceUrl, username: '', password: '', agent: new Agent(), timeout: 30 });

    await expect(lost.validateKey(QUESTION, 'a')).rejects.toThrow(/is no URL/);
  });
});

describe('a question about resources', () => {
  it.each([
    ['none', []],
    ['one', [resourceInfo()]],
    [
      'several',
      [resourceInfo(), resourceInfo({ httpVerb: 'POST', throttlingConditions: ['_condition_1', '_default'] })],
    ],
  ])('is understood in its answer: %s', async (_case, resources) => {
    const { validator } = await startClient({ body: envelope(uriTemplatesResponse('getAllURITemplates', resources)) });

    expect(await validator.uriTemplates('/pizzashack/1.0.0', '1.0.0', 'a')).toEqual(resources);
  });
});
