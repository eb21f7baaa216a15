import type { IncomingHttpHeaders } from 'node:http';
import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
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

/** A call whose caller is known: what throttling decides by (wire.md 5.3). */
export type AdmittedCall = GatewayCall & {
  readonly caller: ValidationInfo;
  readonly resourceInfo: UriTemplateInfo;
};
