import type { Version } from '../../../../lab/product/versions.ts';

/** An API of the gateway's own that leads to the Key Manager (wire.md 1.2). */
export type OAuthApi = {
  readonly name: string;
  /** Answers this path and everything below it. */
  readonly context: string;
  readonly methods: readonly string[];
  /** Path at the Key Manager; what follows the context is appended, the query included. */
  readonly target: string;
};

/** The only one whose answers' headers a gateway reads (wire.md 4.6). */
export const TOKEN_API = '_WSO2AMTokenAPI_';

const SINCE_30: readonly OAuthApi[] = [
  { name: TOKEN_API, context: '/token', methods: ['POST'], target: '/oauth2/token' },
  { name: '_WSO2AMRevokeAPI_', context: '/revoke', methods: ['POST'], target: '/oauth2/revoke' },
  { name: '_WSO2AMAuthorizeAPI_', context: '/authorize', methods: ['GET', 'POST'], target: '/oauth2/authorize' },
  { name: '_WSO2AMUserInfoAPI_', context: '/userinfo', methods: ['GET'], target: '/oauth2/userinfo' },
];

const OPENID_DISCOVERY = '/oidcdiscovery/.well-known/openid-configuration';

/** `synapse-configs/default/api` of product-apim v3.0.0, v3.1.0 and v3.2.0. */
export const oauthApisOf = (version: Version): readonly OAuthApi[] =>
  version === '3.2.0'
    ? [
        ...SINCE_30,
        {
          name: '_WSO2AMOpenIDConfigAPI_',
          context: OPENID_DISCOVERY,
          methods: ['GET'],
          target: `/oauth2${OPENID_DISCOVERY}`,
        },
      ]
    : SINCE_30;

/** The API that answers this path, with what follows its context. */
export const findApi = (
  apis: readonly OAuthApi[],
  path: string,
): { readonly api: OAuthApi; readonly rest: string } | undefined => {
  const api = apis.find(
    ({ context }) => path.startsWith(context) && (path.length === context.length || path[context.length] === '/'),
  );
  return api && { api, rest: path.slice(api.context.length) };
};
