import type { CarbonContext } from '../carbon/context.ts';
import { inProcessKeyValidator } from '../key-validation/in-process/in-process-key-validator.ts';
import { jwtVerifier } from '../key-validation/in-process/verify-jwt.ts';
import { keyManagerAddress, soapKeyValidator } from '../key-validation/key-validator.ts';
import { soapRemoteUsers } from '../key-validation/remote-users.ts';
import { keyCache } from '../key-validation/through-key-cache.ts';
import { verifiedClaims } from '../keymanager/issuers/sign-jwt.ts';
import { oauthSettings } from '../keymanager/settings.ts';
import type { LocalEntry } from '../synapse/local-entry.ts';
import type { Authentication } from './authentication.ts';
import { headerNameOf } from './credentials.ts';
import type { MediatorParts } from './mediator.ts';
import { type OpenApiDefinition, readDefinition } from './open-api-definition.ts';

/**
 * How a gateway knows callers: by the Key Manager's SOAP service, or from what it has in memory (wire.md 2). JWTs are verified with
 * the key that all nodes share, whose certificate stands in every trust store of the lab, unless a Key Manager has its own.
 */
export const gatewayAuthentication = (
  context: CarbonContext,
  parts: Pick<MediatorParts, 'artifacts' | 'caches' | 'agent' | 'isRevoked' | 'subscriptionData'> & {
    readonly clock: () => number;
  },
): Authentication => {
  const { agent, caches, clock, subscriptionData: data } = parts;
  const { publicKey } = context.primaryKey.certificate;
  const keyManager = keyManagerAddress(context, agent);
  const { clockSkewMs } = oauthSettings(context.configuration, context.properties);
  const keyCaching = () => ({ cache: keyCache(context.configuration, () => performance.now()), clock, clockSkewMs });
  return {
    keyValidator: data ? inProcessKeyValidator(data, keyManager, keyCaching()) : soapKeyValidator(keyManager),
    remoteUsers: soapRemoteUsers(keyManager),
    inMemory: data && { data, verify: jwtVerifier(data.store, publicKey, agent) },
    caches,
    clock,
    clockSkewMs,
    verifiedClaims: (token) => verifiedClaims({ publicKey }, token),
    isRevoked: parts.isRevoked ?? (() => false),
    definitionOf: definitions((uuid) => parts.artifacts.localEntries.find(uuid)),
    headerName: headerNameOf(context.configuration),
  };
};

/** Reads each definition once. */
const definitions = (
  find: (uuid: string) => LocalEntry | undefined,
): ((uuid: string) => OpenApiDefinition | undefined) => {
  const read = new WeakMap<LocalEntry, { readonly definition: OpenApiDefinition | undefined }>();
  return (uuid) => {
    const entry = find(uuid);
    if (!entry) return undefined;
    const known = read.get(entry) ?? { definition: readDefinition(entry) };
    read.set(entry, known);
    return known.definition;
  };
};
