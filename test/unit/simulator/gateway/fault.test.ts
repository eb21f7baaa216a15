import { describe, expect, it } from 'vitest';
import { FAULTS, faultAnswer, faultFormat } from '../../../../compose/wso2am/server/gateway/fault.ts';

describe('a fault of the gateway', () => {
  it('in XML has the namespace of the product', () => {
    expect(faultAnswer(FAULTS.noSuchApi, 'xml')).toEqual({
      status: 404,
      headers: { 'Content-Type': 'application/xml; charset=UTF-8' },
      body: '<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>404</am:code><am:type>Status report</am:type><am:message>Not Found</am:message><am:description>The requested resource is not available.</am:description></am:fault>',
    });
  });

  it('in JSON has the same parts', () => {
    const { body, headers } = faultAnswer(FAULTS.wrongMethod, 'json');

    expect(headers).toEqual({ 'Content-Type': 'application/json; charset=UTF-8' });
    expect(JSON.parse(String(body))).toEqual({
      fault: {
        code: 405,
        type: 'Status report',
        message: 'Runtime Error',
        description: 'Method not allowed for given API resource',
      },
    });
  });

  it.each(['soap 1.1', 'soap 1.2'] as const)('in %s says its description as the reason', (format) => {
    const { status, body } = faultAnswer(FAULTS.wrongMethod, format);

    expect(status).toBe(405);
    expect(body).toMatch(
      /<soapenv:Fault>.*(?:faultstring|Text xml:lang="en-US")>Method not allowed for given API resource</,
    );
  });

  it('escapes what it quotes', () => {
    const { body } = faultAnswer({ ...FAULTS.noSuchApi, description: '<&>' }, 'xml');

    expect(body).toContain('&lt;&amp;&gt;');
  });

  it.each([
    ['GET', 'application/json', 'xml'],
    ['DELETE', 'application/json', 'xml'],
    ['POST', 'application/json; charset=utf-8', 'json'],
    ['PATCH', 'application/json', 'json'],
    ['POST', 'application/x-www-form-urlencoded', 'xml'],
    ['POST', undefined, 'xml'],
    ['POST', 'text/xml; charset=utf-8', 'soap 1.1'],
    ['PUT', 'application/soap+xml; action="urn:order"', 'soap 1.2'],
    ['GET', 'text/xml', 'xml'],
  ])('of a %s of %s is %s', (method, type, format) => {
    expect(faultFormat(method, type === undefined ? {} : { 'content-type': type })).toBe(format);
  });
});
