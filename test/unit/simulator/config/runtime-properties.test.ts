import { describe, expect, it } from 'vitest';
import { replaceProperties } from '../../../../compose/wso2am/server/config/replace-properties.ts';
import { ROLES, type Role } from '../../../../lab/product/roles.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { nodeOf } from './node.ts';

const SERVER = { node_ip: '127.0.0.1', hostname: 'gw.lab', offset: 4 };

describe('run-time properties', () => {
  it("hold this node's ports with its offset", () => {
    const { properties } = nodeOf('gateway', { server: SERVER });

    expect(properties.get('mgt.transport.https.port')).toBe('9447');
    expect(properties.get('mgt.transport.http.port')).toBe('9767');
    expect(properties.get('https.nio.port')).toBe('8247');
    expect(properties.get('http.nio.port')).toBe('8284');
    expect(properties.get('receiver.url.port')).toBe('9615');
    expect(properties.get('auth.url.port')).toBe('9715');
    expect(properties.get('jms.port')).toBe('5676');
  });

  it.each(VERSIONS)('hold passthrough ports only where %s starts that listener', (version) => {
    const having = ROLES.filter((role) => nodeOf(role, {}, { version }).properties.has('https.nio.port'));
    const expected: readonly Role[] =
      version === '3.2.0' ? ['gateway', 'all-in-one'] : ['publisher', 'developer-portal', 'gateway', 'all-in-one'];

    expect(having).toEqual(expected);
  });

  it('hold names, addresses and the administrator', () => {
    const { properties } = nodeOf('gateway', {
      server: SERVER,
      super_admin: { username: 'carl', password: 'pass' },
    });

    expect(properties.get('carbon.host')).toBe('gw.lab');
    expect(properties.get('carbon.local.ip')).toBe('10.9.0.5');
    expect(properties.get('admin.username')).toBe('carl');
    expect(properties.get('admin.password')).toBe('pass');
    expect(nodeOf('gateway').properties.get('carbon.host')).toBe('localhost');
  });

  it('hold a proxy port only when one is configured', () => {
    const proxied = nodeOf('publisher', { 'transport.https.properties': { proxyPort: 443 } });

    expect(proxied.properties.get('mgt.transport.https.proxyPort')).toBe('443');
    expect(nodeOf('publisher').properties.has('mgt.transport.https.proxyPort')).toBe(false);
  });

  it('hold the system properties of the command line', () => {
    expect(nodeOf('gateway', {}, { systemProperties: { lab: 'x' } }).properties.get('lab')).toBe('x');
  });

  it.each([
    ['https://km.lab:9443/services/', 'km.lab', '9443'],
    ['https://km.lab/services/', 'km.lab', '443'],
    ['http://km.lab/services/', 'km.lab', '80'],
    ['https://10.9.0.5:9443/services/', 'localhost', '9443'],
    [`https://km.lab:\${mgt.transport.https.port}/services/`, 'km.lab', '9447'],
    [`https://km.lab:\${nobody.knows}/services/`, undefined, undefined],
  ])('take the Key Manager from its service URL: %s', (service_url, host, port) => {
    const { properties } = nodeOf('gateway', { server: SERVER, 'apim.key_manager': { service_url } });

    expect(properties.get('keyManagerHostname')).toBe(host);
    expect(properties.get('keyManagerPort')).toBe(port);
  });

  it('make the node its own Key Manager by default', () => {
    const { properties } = nodeOf('all-in-one', { server: SERVER });

    expect(properties.get('keyManagerHostname')).toBe('localhost');
    expect(properties.get('keyManagerPort')).toBe('9447');
  });
});

describe('replacing properties', () => {
  const properties = new Map([
    ['host', 'km'],
    ['cost', '$& $1'],
  ]);

  it('puts known names in and leaves unknown ones literally', () => {
    expect(replaceProperties(`https://\${host}:\${port}/`, properties)).toBe(`https://km:\${port}/`);
  });

  it('leaves what is no placeholder alone, and takes values as they are', () => {
    const text = `\${ $ref{host} $env{host} \${host`;

    expect(replaceProperties(text, properties)).toBe(text);
    expect(replaceProperties(`<\${cost}>`, properties)).toBe('<$& $1>');
  });
});
