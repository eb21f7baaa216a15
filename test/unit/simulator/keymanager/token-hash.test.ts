import { expect, it } from 'vitest';
import { tokenHash } from '../../../../compose/wso2am/server/keymanager/stores/token-hash.ts';

it("tokens are looked up by the product's JSON of SHA-256", () => {
  // SHA-256 of "abc": FIPS 180-2, appendix B.1.
  expect(tokenHash('abc')).toBe(
    '{"hash":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","algorithm":"SHA-256"}',
  );
});
