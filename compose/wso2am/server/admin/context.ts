import type { Agent as TlsAgent } from 'node:https';
import type { RestContext } from '../rest-api/rest-context.ts';
import type { BlockingPublisher } from './blacklist/blocking-event.ts';
import type { KeyTemplatePublisher } from './policies/custom/key-template-event.ts';
import type { PlanDeployer } from './policies/plan-deployer.ts';

/** What the Admin REST API needs of its node. */
export type AdminContext = RestContext & {
  /** For whatever this node reads over TLS. */
  readonly agent: TlsAgent;
  readonly plans: PlanDeployer;
  readonly publishBlocking: BlockingPublisher;
  readonly publishKeyTemplate: KeyTemplatePublisher;
};
