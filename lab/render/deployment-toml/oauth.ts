import { urlOf, worksAs } from '../../plan/addresses.ts';
import { VERSION_FACTS } from '../../product/versions.ts';
import type { BlockRenderer } from './block.ts';

/**
 * `[apim.oauth_config] revoke_endpoint`: the gateway's proxy in 3.0.0, the Key Manager since (configuration.md 1). 3.0.0
 * and 3.1.0 make the token URL from it by putting "token" for "revoke", so both paths must end alike (configuration.md 5.5).
 */
export const renderOauth: BlockRenderer = (plan, node) => {
  const viaGateway = VERSION_FACTS[plan.version].revokeVia === 'gateway';
  const role = viaGateway ? 'gateway' : 'key-manager';
  const url = urlOf(plan, role, viaGateway ? 'passthroughHttps' : 'https');
  // The default is an all-in-one's own address.
  if (url === undefined || (node.role === 'all-in-one' && worksAs(plan, node, role))) return [];
  return [
    {
      path: 'apim.oauth_config',
      comment: `Where tokens are revoked${plan.version === '3.2.0' ? '' : '; the token endpoint is derived from it'}`,
      content: { revoke_endpoint: `${url}${viaGateway ? '/revoke' : '/oauth2/revoke'}` },
    },
  ];
};
