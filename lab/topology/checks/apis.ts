import type { Check } from '../draft.ts';

/** Gateways that are to fetch their APIs from the event hub, which came with 3.2.0 (configuration.md 5.7). */
const withoutHub: Check = ({ topology: { version, sharedFileSystem } }) =>
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

/** APIs that Gateways share with all that is around them, and at the same time do not. */
const sharedAfterAll: Check = ({ topology: { sharedFileSystem } }) =>
  sharedFileSystem.directories === 'needed' || sharedFileSystem.apis === 'share'
    ? []
    : [
        {
          code: 'TOPOLOGY_INVALID',
          path: ['sharedFileSystem', 'directories'],
          sentence: `with "apis: ${sharedFileSystem.apis}" Gateways share no APIs, which are in the directory "server"`,
          hint: 'leave "directories" out, or take "apis: share"',
        },
      ];

/** Ways of bringing APIs to Gateways that do not fit the version or each other. */
export const checkApis: Check = (draft) => [...withoutHub(draft), ...sharedAfterAll(draft)];
