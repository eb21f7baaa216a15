import { nodeUrl, urlOf, worksAs } from '../../plan/addresses.ts';
import type { BlockRenderer } from './block.ts';
import { SUBSTITUTED_ADMIN } from './credentials.ts';

/**
 * `[[event_listener]]` of a 3.2.0 Key Manager: tells the event hub on the Traffic Manager of every revoked token
 * (configuration.md 5.7). The shipped one points at localhost. The rest of the event hub's keys default to those of
 * `[apim.throttling]`.
 */
export const renderRevocationListener: BlockRenderer = (plan, node) => {
  const hub = worksAs(plan, node, 'traffic-manager') ? nodeUrl(node, 'https') : urlOf(plan, 'traffic-manager', 'https');
  if (hub === undefined) return [];
  return [
    {
      path: 'event_listener',
      comment: 'Tells the event hub of revoked tokens',
      content: [
        {
          id: 'token_revocation',
          type: 'org.wso2.carbon.identity.core.handler.AbstractIdentityHandler',
          name: 'org.wso2.is.notification.ApimOauthEventInterceptor',
          order: 1,
          properties: {
            notification_endpoint: `${hub}/internal/data/v1/notify`,
            ...SUBSTITUTED_ADMIN,
            'header.X-WSO2-KEY-MANAGER': 'default',
          },
        },
      ],
    },
  ];
};
