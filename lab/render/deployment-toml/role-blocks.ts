import type { Role } from '../../product/roles.ts';
import { VERSIONS, type Version } from '../../product/versions.ts';
import type { BlockRenderer } from './block.ts';
import { renderCors } from './cors.ts';
import { renderDevportal } from './devportal.ts';
import { renderRevocationListener } from './event-hub.ts';
import { renderGatewayEnvironments } from './gateway-environments.ts';
import { renderKeyManager } from './key-manager.ts';
import { renderOauth } from './oauth.ts';
import { renderArtifactRetriever, renderArtifactSaver } from './runtime-artifacts.ts';
import { renderDecisionEndpoints, renderEventDuplicates, renderPolicyService, renderUrlGroups } from './throttling.ts';

type RoleBlock = {
  readonly render: BlockRenderer;
  readonly needs: Readonly<Partial<Record<Role, readonly Version[]>>>;
};

const UNTIL_310: readonly Version[] = ['3.0.0', '3.1.0'];
const ONLY_310: readonly Version[] = ['3.1.0'];
const SINCE_320: readonly Version[] = ['3.2.0'];

/**
 * Which role needs which block in which version (configuration.md 6.1, with 14 for what 6.1 leaves open), in the order of
 * the file. Databases: `lab/plan/schemas.ts`. An all-in-one has every block of its version; those that would only name
 * the node itself come out empty, for that is the default.
 */
const ROLE_BLOCKS: readonly RoleBlock[] = [
  {
    render: renderGatewayEnvironments,
    needs: {
      // 3.2.0's Key Manager invalidates gateway caches through the event hub instead.
      'key-manager': UNTIL_310,
      publisher: VERSIONS,
      'developer-portal': VERSIONS,
      'all-in-one': VERSIONS,
    },
  },
  {
    render: renderKeyManager,
    needs: {
      'traffic-manager': SINCE_320,
      publisher: SINCE_320,
      'developer-portal': VERSIONS,
      gateway: VERSIONS,
      'all-in-one': VERSIONS,
    },
  },
  {
    render: renderPolicyService,
    needs: { publisher: VERSIONS, 'developer-portal': SINCE_320, gateway: SINCE_320, 'all-in-one': VERSIONS },
  },
  {
    render: renderDecisionEndpoints,
    needs: {
      'key-manager': ONLY_310,
      publisher: VERSIONS,
      'developer-portal': SINCE_320,
      gateway: VERSIONS,
      'all-in-one': VERSIONS,
    },
  },
  { render: renderEventDuplicates, needs: { 'traffic-manager': SINCE_320, 'all-in-one': SINCE_320 } },
  {
    render: renderUrlGroups,
    needs: {
      'key-manager': VERSIONS,
      publisher: VERSIONS,
      'developer-portal': SINCE_320,
      gateway: VERSIONS,
      'all-in-one': VERSIONS,
    },
  },
  { render: renderArtifactSaver, needs: { publisher: SINCE_320, 'all-in-one': SINCE_320 } },
  { render: renderArtifactRetriever, needs: { gateway: SINCE_320, 'all-in-one': SINCE_320 } },
  { render: renderDevportal, needs: { publisher: VERSIONS, 'all-in-one': VERSIONS } },
  { render: renderOauth, needs: { 'key-manager': VERSIONS, 'developer-portal': VERSIONS, 'all-in-one': VERSIONS } },
  { render: renderCors, needs: { gateway: VERSIONS, 'all-in-one': VERSIONS } },
  { render: renderRevocationListener, needs: { 'key-manager': SINCE_320, 'all-in-one': SINCE_320 } },
];

/** Renderers of the blocks that a role needs in a version, besides those of every node. */
export const roleBlocksOf = (role: Role, version: Version): readonly BlockRenderer[] =>
  ROLE_BLOCKS.filter(({ needs }) => needs[role]?.includes(version)).map(({ render }) => render);
