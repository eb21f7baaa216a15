import { urlOf } from '../../plan/addresses.ts';
import type { BlockRenderer } from './block.ts';

/** `[apim.devportal] url`: the link that the Publisher shows (configuration.md 5.8). */
export const renderDevportal: BlockRenderer = (plan) => {
  const url = urlOf(plan, 'developer-portal', 'https');
  if (url === undefined) return [];
  return [{ path: 'apim.devportal', comment: 'Link shown in the Publisher', content: { url: `${url}/devportal` } }];
};
