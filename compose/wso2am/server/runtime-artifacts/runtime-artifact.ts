import * as z from 'zod/mini';

/** What a gateway shall do with an artifact (carbon-apimgt 6.7.206, GATEWAY_INSTRUCTION). */
export type Instruction = 'Publish' | 'Remove';

const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((value) => value ?? []),
  );

const contents = listOf(z.object({ name: z.string(), content: z.string() }));
const names = listOf(z.string());

/**
 * Everything that a gateway needs to serve one API, or to forget it: `GatewayAPIDTO` of the product, as JSON. Lists that are
 * empty may be absent. Certificates and credentials, which it has besides, are for what is not simulated.
 */
export const runtimeArtifactSchema = z.object({
  name: z.string(),
  version: z.string(),
  provider: z.string(),
  tenantDomain: z.string(),
  /** UUID of the API. */
  apiId: z.string(),
  /** The synapse API; WebSocket APIs have none, nor has an artifact that says what to remove. */
  apiDefinition: z.nullish(z.string()),
  defaultAPIDefinition: z.nullish(z.string()),
  sequenceToBeAdd: contents,
  sequencesToBeRemove: names,
  localEntriesToBeAdd: contents,
  localEntriesToBeRemove: names,
  endpointEntriesToBeAdd: contents,
  endpointEntriesToBeRemove: names,
});

export type RuntimeArtifact = z.infer<typeof runtimeArtifactSchema>;
