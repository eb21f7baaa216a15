import type { VirtualHost } from '../routing/virtual-host.ts';
import type { Budget } from './incoming-content.ts';

type Content = { readonly properties: Buffer; readonly body: Buffer };

/** The connection as one of its channels sees it. */
export type Outlet = {
  readonly virtualHost: VirtualHost;
  /** What exclusive queues belong to. */
  readonly connection: object;
  readonly budget: Budget;
  /** Whether the client is there and reads fast enough for more. */
  mayDeliver(): boolean;
  /** Whether the client said that it understands `basic.cancel` from the server. */
  readonly hearsCancel: boolean;
  method(payload: Buffer): void;
  content(method: Buffer, content: Content): void;
};
