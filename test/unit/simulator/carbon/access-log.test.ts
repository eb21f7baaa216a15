import { describe, expect, it } from 'vitest';
import { type Access, accessLine } from '../../../../compose/wso2am/server/carbon/access-log.ts';

const ACCESS: Access = {
  time: new Date('2020-09-13T12:26:40Z'),
  remoteAddress: '10.0.0.5',
  method: 'GET',
  target: '/services/Version?wsdl',
  httpVersion: '1.1',
  status: 200,
  bytes: 142,
};

describe('a line of the access log', () => {
  it('has the common log format', () => {
    expect(accessLine(ACCESS)).toBe(
      '10.0.0.5 - - [13/Sep/2020:12:26:40 +0000] "GET /services/Version?wsdl HTTP/1.1" 200 142',
    );
  });

  it('writes a dash for an answer without a body', () => {
    expect(accessLine({ ...ACCESS, status: 302, bytes: 0 })).toMatch(/ 302 -$/);
  });

  it('keeps a quote in a path from ending the field', () => {
    expect(accessLine({ ...ACCESS, target: '/" 200 1' })).toContain('"GET /%22 200 1 HTTP/1.1"');
  });
});
