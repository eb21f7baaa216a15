import type { Invalidation } from '../../product/invalidation.ts';
import type { Version } from '../../product/versions.ts';
import type { Stage } from './stage.ts';
import type { Subject } from './subject.ts';

/** One change of which gateways must learn. */
export type Trial = {
  readonly name: string;
  readonly invalidation: Invalidation;
  readonly tokenType: 'OAUTH' | 'JWT';
  /** Whether the token is that of a user who is made for the trial. */
  readonly ofUser?: true;
  /** What gateways are shown in the place of the token. */
  readonly shows?: 'password' | 'API key';
  /** Whether the Key Manager goes on calling the token valid: caches alone refuse it. */
  readonly spares?: true;
  /** Whether the change lets calls without a token pass, instead of refusing those with one. */
  readonly opens?: true;
  /** Whether there is such a change in this lab; always, unless it says so. */
  readonly applies?: (stage: Stage, version: Version) => boolean;
  /** Makes the change; resolves with the node that acknowledged it. @throws Mismatch, NoAnswer */
  act(stage: Stage, subject: Subject): Promise<string>;
};
