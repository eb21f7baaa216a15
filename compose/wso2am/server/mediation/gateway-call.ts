import type { IncomingHttpHeaders } from 'node:http';
import type { ApiArtifact, Resource } from '../synapse/api-artifact.ts';

/** A request that found its API and resource. */
export type GatewayCall = {
  readonly api: ApiArtifact;
  readonly resource: Resource;
  readonly verb: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Names as the client wrote them, each followed by its value. */
  readonly rawHeaders: readonly string[];
  /** Whether the URL of the default version was called. */
  readonly defaultVersion: boolean;
  /** First of `X-Forwarded-For`, else the peer (wire.md 3.7). */
  readonly clientIp: string;
  readonly activityId: string;
};
