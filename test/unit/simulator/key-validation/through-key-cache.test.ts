import { describe, expect, it } from 'vitest';
import { keyCache, throughKeyCache } from '../../../../compose/wso2am/server/key-validation/through-key-cache.ts';
import type { ValidationInfo } from '../../../../compose/wso2am/server/key-validation/validation-info.ts';
import { load } from '../config/deployment.ts';
import { grantedInfo, refusedInfo } from '../mediation/sample-info.ts';

const START = 1_600_000_000_000;

/** A Key Manager that finds something else each time it looks. */
const keyManager = (tables: Parameters<typeof load>[0], findings: readonly ValidationInfo[]) => {
  let passed = 0;
  let looks = 0;
  const cache = keyCache(load(tables), () => passed);
  const caching = { cache, clock: () => START + passed, clockSkewMs: 0 };
  const question = {
    context: '/pizzashack/1.0.0',
    version: '1.0.0',
    accessToken: 'token',
    requiredAuthenticationLevel: 'Any',
    matchingResource: '/menu',
    httpVerb: 'GET',
  };
  const ask = (changes: Partial<typeof question> = {}) =>
    throughKeyCache(caching, { ...question, ...changes }, async () => {
      const finding = findings[Math.min(looks, findings.length - 1)];
      looks += 1;
      if (!finding) throw new Error('nothing to find');
      return finding;
    });
  return {
    ask,
    looks: () => looks,
    pass: (milliseconds: number) => {
      passed += milliseconds;
    },
  };
};

const ON = { 'apim.cache.km_token': { enable: true } };

describe('the cache of a Key Manager', () => {
  it('is off unless deployment.toml switches it on', async () => {
    const { ask, looks } = keyManager({}, [grantedInfo()]);
    await ask();
    await ask();
    expect(looks()).toBe(2);
  });

  it('answers by what was found before, though the token was revoked meanwhile', async () => {
    const { ask, looks } = keyManager(ON, [grantedInfo(), refusedInfo(900901)]);
    expect(await ask()).toEqual(await ask());
    expect(looks()).toBe(1);
  });

  it.each([900908, 900910])('keeps the refusal %i as well', async (code) => {
    const { ask } = keyManager(ON, [refusedInfo(code), grantedInfo()]);
    await ask();
    expect(await ask()).toMatchObject({ authorized: false, validationStatus: code });
  });

  it('refuses a token that has expired meanwhile', async () => {
    const { ask, pass } = keyManager(ON, [grantedInfo({ validityPeriod: 60_000 })]);
    await ask();
    pass(60_001);
    expect(await ask()).toMatchObject({ authorized: false, validationStatus: 900901 });
  });

  it('tells resources, verbs, levels and versions apart', async () => {
    const { ask, looks } = keyManager(ON, [grantedInfo()]);
    await ask();
    await ask({ matchingResource: '/order' });
    await ask({ httpVerb: 'POST' });
    await ask({ requiredAuthenticationLevel: 'Application' });
    await ask({ version: '_default_1.0.0' });
    expect(looks()).toBe(5);
  });

  it('has the lifetime of the token caches', async () => {
    const { ask, looks, pass } = keyManager({ 'apim.cache.km_token': { enable: true, expiry_time: '10s' } }, [
      grantedInfo(),
    ]);
    await ask();
    pass(10_000);
    await ask();
    expect(looks()).toBe(2);
  });
});
