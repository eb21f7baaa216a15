import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { keyManagerAddress, soapKeyValidator } from '../key-validation/key-validator.ts';
import { signerOf, verifiedClaims } from '../keymanager/issuers/sign-jwt.ts';
import { oauthSettings } from '../keymanager/settings.ts';
import type { LocalEntry } from '../synapse/local-entry.ts';
import type { Authentication } from './authentication.ts';
import { headerNameOf } from './credentials.ts';
import type { MediatorParts } from './mediator.ts';
import { type OpenApiDefinition, readDefinition } from './open-api-definition.ts';

/**
 * How the gateways of 3.0.0 and 3.1.0 know callers; undefined for 3.2.0, whose way is not simulated. JWTs are verified with the
 * key that all nodes share, whose certificate stands in every trust store of the lab.
 */
export const gatewayAuthentication = (
  context: CarbonContext,
  parts: Pick<MediatorParts, 'artifacts' | 'caches' | 'agent' | 'isRevoked'> & { readonly clock: () => number },
): Authentication | undefined => {
  if (VERSION_FACTS[context.version].keyValidation !== 'soap') return undefined;
  const signer = signerOf(context.primaryKey);
  return {
    keyValidator: soapKeyValidator(keyManagerAddress(context, parts.agent)),
    caches: parts.caches,
    clock: parts.clock,
    clockSkewMs: oauthSettings(context.configuration, context.properties).clockSkewMs,
    verifiedClaims: (token) => verifiedClaims(signer, token),
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
