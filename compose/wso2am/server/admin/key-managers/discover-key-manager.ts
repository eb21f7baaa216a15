import { z } from 'zod';
import { type Call, json } from '../../carbon/web.ts';
import { fetchDefinition } from '../../publisher/open-api/fetch-definition.ts';
import { multipartBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';

const text = z.string().nullish();

/** What of OpenID Connect Discovery becomes part of a Key Manager (carbon-apimgt, KeyManagerMappingUtil). */
const wellKnown = z.object({
  issuer: text,
  introspection_endpoint: text,
  registration_endpoint: text,
  authorization_endpoint: text,
  token_endpoint: text,
  revocation_endpoint: text,
  jwks_uri: text,
  grant_types_supported: z.array(z.string()).nullish(),
});

/** `POST /key-managers/discover`: reads what an authorization server says of itself; nothing is stored. */
export const discoverKeyManagerRoute = (
  { agent }: Pick<AdminContext, 'agent'>,
  scopes: readonly string[],
): RestRoute => ({
  method: 'POST',
  path: '/key-managers/discover',
  scopes,
  handle: async (call: Call) => {
    const form = await multipartBody(call);
    const [url, type] = [form.get('url'), form.get('type')];
    if (typeof url !== 'string' || url === '') return json(200, { valid: false, value: null });
    const said = readWellKnown(await fetchDefinition(url, agent));
    return json(200, {
      valid: true,
      value: {
        ...(typeof type === 'string' && { type }),
        issuer: said.issuer ?? null,
        introspectionEndpoint: said.introspection_endpoint ?? null,
        clientRegistrationEndpoint: said.registration_endpoint ?? null,
        authorizeEndpoint: said.authorization_endpoint ?? null,
        tokenEndpoint: said.token_endpoint ?? null,
        revokeEndpoint: said.revocation_endpoint ?? null,
        certificates: said.jwks_uri ? { type: 'JWKS', value: said.jwks_uri } : null,
        availableGrantTypes: said.grant_types_supported ?? [],
        enabled: true,
        enableTokenGeneration: true,
        enableMapOAuthConsumerApps: true,
        enableOAuthAppCreation: true,
        enableSelfValidationJWT: true,
      },
    });
  },
});

/** @throws RestError 400 */
const readWellKnown = (document: string): z.infer<typeof wellKnown> => {
  try {
    return wellKnown.parse(JSON.parse(document));
  } catch {
    throw new RestError('badRequest', 'What the URL answers is no configuration of OpenID Connect');
  }
};
