import { describe, expect, it } from 'vitest';
import { datasource } from '../../../../compose/wso2am/server/config/datasource.ts';
import { decodeXml } from '../../../../compose/wso2am/server/config/decode-xml.ts';
import { load, loadText, tomlOf } from './deployment.ts';
import { SAMPLES } from './samples.ts';

describe('a datasource', () => {
  it('is read from its table', () => {
    expect(datasource(loadText(tomlOf(SAMPLES.Publisher)), 'apim_db')).toEqual({
      url: 'jdbc:mysql://db.wso2.com:3306/apim_db',
      driver: 'com.mysql.jdbc.Driver',
      username: 'root',
      password: 'root',
      validationQuery: 'SELECT 1',
      maxActive: 50,
    });
  });

  it('falls back to a local file for apim_db, as on a gateway', () => {
    expect(datasource(loadText(tomlOf(SAMPLES.Gateway)), 'apim_db').url).toMatch(/^jdbc:h2:/);
  });

  it('reads &amp; in a URL as &', () => {
    const url = 'jdbc:mysql://db/s?useSSL=false&amp;autoReconnect=true';
    const shared = { url, driver: 'd', username: 'u', password: 'p' };

    expect(datasource(load({ 'database.shared_db': shared }), 'shared_db').url).toBe(
      'jdbc:mysql://db/s?useSSL=false&autoReconnect=true',
    );
  });
});

describe('a value on its way through XML', () => {
  it('has its entities read, once', () => {
    expect(decodeXml('a&amp;b&lt;c&gt;d&quot;e&apos;f&amp;amp;')).toBe('a&b<c>d"e\'f&amp;');
  });

  it.each(['a&b', 'a<b', 'a&nobody;b', 'a&toString;b'])('may not be %j, which would break the file', (value) => {
    expect(() => decodeXml(value)).toThrow('write &amp; for &');
  });
});
