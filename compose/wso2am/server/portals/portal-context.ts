import type { CarbonContext } from '../carbon/context.ts';
import type { KeyManagerContext } from '../keymanager/context.ts';
import type { Portal } from './portal.ts';

/** What a portal needs of its node. */
export type PortalContext = {
  readonly portal: Portal;
  /** Scopes its client asks for: those of its REST API, and `openid`. */
  readonly scopes: readonly string[];
  /** Of the node's own OAuth webapp, which a portal logs its users in at (wire.md 7.4). */
  readonly keyManager: KeyManagerContext;
  /** Owner of the portal's client. */
  readonly administrator: string;
  /** Where browsers reach this node: `https://publisher.lab.test`. */
  readonly serverUrl: string;
};

export const portalContext = (
  { configuration }: Pick<CarbonContext, 'configuration'>,
  keyManager: KeyManagerContext,
  portal: Portal,
  scopes: readonly string[],
): PortalContext => ({
  portal,
  scopes: [...new Set([...scopes, 'openid'])].sort(),
  keyManager,
  administrator: configuration.text('super_admin.username'),
  // 443 goes without saying: browsers leave it out, and callbacks are compared as text.
  serverUrl: keyManager.settings.baseUrl.replace(/:443$/, ''),
});
