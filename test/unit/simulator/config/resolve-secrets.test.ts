import { describe, expect, it } from 'vitest';
import { load } from './deployment.ts';

const ENCRYPTING = { systemProperties: { encryptSecrets: 'true' } };

describe('$secret', () => {
  it('is replaced by a plain value in a start that encrypts, in tables of an array too', () => {
    const configuration = load(
      {
        secrets: { admin: '[s3cret]', "'key.store'": '[other]' },
        super_admin: { username: 'admin', password: '$secret{admin}' },
        'keystore.tls': { password: '$secret{key.store}' },
        'apim.gateway.environment': [{ name: 'a', password: '$secret{admin}' }],
      },
      ENCRYPTING,
    );

    expect(configuration.text('super_admin.password')).toBe('s3cret');
    expect(configuration.text('apim.throttling.password')).toBe('s3cret');
    expect(configuration.text('keystore.tls.password')).toBe('other');
    expect(configuration.tables('apim.gateway.environment')[0]?.text('password')).toBe('s3cret');
  });

  it('stops the start when the alias is unknown', () => {
    expect(() => load({ lab: { value: '$secret{nobody}' } }, ENCRYPTING)).toThrow(
      "Secret references can't be resolved for nobody",
    );
  });

  it('stops the start when the value is plain and nothing encrypts it', () => {
    expect(() => load({ secrets: { a: '[x]' }, lab: { value: '$secret{a}' } })).toThrow(
      "Secret references can't be plain text for a",
    );
  });

  it('says that cipher text needs a vault the simulator does not have', () => {
    expect(() => load({ secrets: { a: 'x8Yq==' }, lab: { value: '$secret{a}' } })).toThrow('no secure vault');
  });

  it('asks nothing of secrets that nobody uses', () => {
    expect(load({ secrets: { a: 'x8Yq==' } }).has('secrets.a')).toBe(true);
  });
});
