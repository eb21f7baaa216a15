import { urlOf, worksAs } from '../../plan/addresses.ts';
import { type BlockRenderer, servicesOf } from './block.ts';
import { REFERENCED_ADMIN } from './credentials.ts';

/** `[apim.key_manager]`; the default is the node itself (configuration.md 5.4). */
export const renderKeyManager: BlockRenderer = (plan, node) => {
  const url = urlOf(plan, 'key-manager', 'https');
  if (url === undefined || worksAs(plan, node, 'key-manager')) return [];
  return [
    {
      path: 'apim.key_manager',
      comment: 'The Key Managers',
      content: { service_url: servicesOf(url), ...REFERENCED_ADMIN },
    },
  ];
};
