import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { compactVerify, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Signer,
  signerOf,
  signJwt,
  verifiedClaims,
} from '../../../../compose/wso2am/server/keymanager/issuers/sign-jwt.ts';
import { credentialOf } from '../../../../lab/render/certificates/certificate-set.ts';
import { issueCertificates } from '../../../../lab/render/certificates/issue-certificates.ts';

let signer: Signer;
let publicKey: KeyObject;
let stranger: KeyObject;

beforeAll(async () => {
  const named = (name: string) => ({ name, commonName: name, hostnames: [], addresses: [] });
  const set = await issueCertificates([named('ca'), named('primary')], new Map(), new Date());
  const { key, certificate } = credentialOf(set, 'primary');
  signer = signerOf({ privateKey: createPrivateKey(key), certificate: new X509Certificate(certificate) });
  publicKey = createPublicKey(certificate);
  stranger = createPrivateKey(credentialOf(set, 'ca').key);
});

describe('a signed JWT', () => {
  it('is one that jose verifies, with header and claims as given', async () => {
    const { protectedHeader, payload } = await compactVerify(
      signJwt(signer, { typ: 'JWT' }, { sub: 'zoë' }),
      publicKey,
    );
    expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'RS256' });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ sub: 'zoë' });
  });

  it('is recognised by who signed it', () => {
    expect(verifiedClaims(signer, signJwt(signer, {}, { jti: '1' }))).toEqual({ jti: '1' });
  });

  it('that jose signs with the same key is recognised too', async () => {
    const token = await new SignJWT({ jti: '1' }).setProtectedHeader({ alg: 'RS256' }).sign(signer.privateKey);
    expect(verifiedClaims(signer, token)).toEqual({ jti: '1' });
  });

  it('of somebody else is not recognised', async () => {
    const token = await new SignJWT({ jti: '1' }).setProtectedHeader({ alg: 'RS256' }).sign(stranger);
    expect(verifiedClaims(signer, token)).toBeUndefined();
  });

  it('by another algorithm is not recognised, though the key be the same', async () => {
    const token = await new SignJWT({ jti: '1' }).setProtectedHeader({ alg: 'PS256' }).sign(signer.privateKey);
    expect(verifiedClaims(signer, token)).toBeUndefined();
  });

  it.each(['', '.', '..', '...', 'a.b.c', 'not a token', '\u0000.\u0000.\u0000'])('is not %j', (text) => {
    expect(verifiedClaims(signer, text)).toBeUndefined();
  });
});

describe('a signer', () => {
  it('names its certificate by base64url of the hexadecimal SHA-1', () => {
    expect(Buffer.from(signer.thumbprint, 'base64url').toString()).toMatch(/^[0-9a-f]{40}$/);
    expect(signer.keyId).toBe(`${signer.thumbprint}_RS256`);
  });
});
