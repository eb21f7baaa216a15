import { describe, expect, it } from 'vitest';
import { challengeFault, verifyPkce } from '../../../../compose/wso2am/server/keymanager/pkce.ts';
import { clientOf } from './client.ts';

/** The example of RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('a PKCE verifier', () => {
  it('fits the challenge of RFC 7636', () => {
    expect(() => verifyPkce({ challenge: CHALLENGE, challengeMethod: 'S256' }, VERIFIER)).not.toThrow();
  });

  it('is the challenge itself where the method is plain or not given', () => {
    for (const challengeMethod of ['plain', undefined]) {
      expect(() => verifyPkce({ challenge: VERIFIER, challengeMethod }, VERIFIER)).not.toThrow();
    }
  });

  it('is not asked for where there was no challenge', () => {
    expect(() => verifyPkce({ challenge: undefined, challengeMethod: undefined }, undefined)).not.toThrow();
  });

  it.each<[string, string | undefined, string]>([
    ['is missing', undefined, 'Empty PKCE code_verifier sent'],
    ['has 42 characters', 'v'.repeat(42), 'Code verifier used is not up to RFC 7636'],
    ['has 129 characters', 'v'.repeat(129), 'Code verifier used is not up to RFC 7636'],
    ['has a sign that is not allowed', `${'v'.repeat(43)}+`, 'Code verifier used is not up to RFC 7636'],
    ['is the challenge of S256', CHALLENGE, 'PKCE validation failed'],
  ])('that %s is refused', (_, verifier, message) => {
    expect(() => verifyPkce({ challenge: CHALLENGE, challengeMethod: 'S256' }, verifier)).toThrow(message);
  });
});

describe('a PKCE challenge', () => {
  const [any, plain, strict] = [clientOf({}), clientOf({ allowsPlainPkce: true }), clientOf({ requiresPkce: true })];

  it.each([
    ['absent', any, undefined, undefined, undefined],
    ['absent where it must be', strict, undefined, undefined, 'PKCE is mandatory'],
    ['by S256', any, CHALLENGE, 'S256', undefined],
    ['by S256 in lower case', any, CHALLENGE, 's256', 'Unsupported PKCE Challenge Method'],
    ['by S256 of another length', any, `${CHALLENGE}x`, 'S256', 'Code challenge used is not up to RFC 7636'],
    ['plain where that is not allowed', any, VERIFIER, 'plain', 'does not support "plain"'],
    ['plain by default where that is not allowed', any, VERIFIER, undefined, 'does not support "plain"'],
    ['plain where that is allowed', plain, VERIFIER, undefined, undefined],
    ['plain and too short', plain, 'short', 'plain', 'Code challenge used is not up to RFC 7636'],
  ])('%s', (_, client, challenge, challengeMethod, fault) => {
    const found = challengeFault(client, { challenge, challengeMethod });
    expect(found ?? 'fine').toContain(fault ?? 'fine');
  });
});
