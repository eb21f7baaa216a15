import type { Check } from '../draft.ts';

/** Gateways that are to fetch their APIs from the event hub, which came with 3.2.0 (configuration.md 5.7). */
export const checkApis: Check = ({ topology: { version, sharedFileSystem } }) =>
  sharedFileSystem.apis !== 'event-hub' || version === '3.2.0'
    ? []
    : [
        {
          code: 'TOPOLOGY_INVALID',
          path: ['sharedFileSystem', 'apis'],
          sentence: `${version} has no event hub that Gateways could fetch APIs from`,
          hint: 'write "version: 3.2.0", or take share or rsync',
        },
      ];
