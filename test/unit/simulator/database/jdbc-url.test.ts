import { describe, expect, it } from 'vitest';
import { jdbcKind, parseMysqlUrl } from '../../../../compose/wso2am/server/database/jdbc-url.ts';

const PLAIN = { host: 'mysql', port: 3306, database: 'apim_db', tls: 'none' };

describe('a JDBC URL of MySQL', () => {
  it.each([
    ['jdbc:mysql://mysql:3306/apim_db', PLAIN],
    ['jdbc:mysql://mysql/apim_db', PLAIN],
    ['jdbc:mysql://mysql:3307/apim_db?autoReconnect=true&useSSL=false', { ...PLAIN, port: 3307 }],
    ['jdbc:mysql://[::1]:3306/apim_db', { ...PLAIN, host: '::1' }],
    ['  JDBC:MYSQL://mysql:3306/apim_db ', PLAIN],
  ])('says where the database is: %s', (url, expected) => {
    expect(parseMysqlUrl(url)).toEqual(expected);
  });

  it.each([
    ['useSSL=false', 'none'],
    ['useSSL=true', 'encrypted'],
    ['requireSSL=true&verifyServerCertificate=false', 'encrypted'],
    ['useSSL=true&verifyServerCertificate=true', 'verified'],
    ['sslMode=REQUIRED', 'encrypted'],
    ['sslMode=verify_ca', 'verified'],
    ['sslMode=DISABLED&useSSL=true', 'none'],
  ])('says whether it is protected: %s', (parameters, tls) => {
    expect(parseMysqlUrl(`jdbc:mysql://mysql:3306/apim_db?${parameters}`)).toMatchObject({ tls });
  });

  it.each([
    'jdbc:h2:./repository/database/WSO2AM_DB',
    'jdbc:mysql://mysql:3306',
    'jdbc:mysql://mysql:3306/',
    'jdbc:mysql://mysql:port/apim_db',
    'jdbc:mysql:///apim_db',
    'mysql://mysql:3306/apim_db',
    '',
  ])('is none: %s', (url) => {
    expect(parseMysqlUrl(url)).toBeUndefined();
  });
});

describe('the kind of a JDBC URL', () => {
  it.each([
    ['jdbc:h2:./repository/database/WSO2AM_DB;AUTO_SERVER=TRUE', 'h2'],
    ['jdbc:oracle:thin:@db:1521/x', 'oracle'],
    ['jdbc:mysql://db/x', 'mysql'],
    ['db', ''],
  ])('of %s is "%s"', (url, kind) => {
    expect(jdbcKind(url)).toBe(kind);
  });
});
