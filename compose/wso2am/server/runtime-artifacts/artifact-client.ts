import * as z from 'zod/mini';
import { type Retrieval, retrieve } from '../gateway/boot-loads/retrieve.ts';
import { type Instruction, type RuntimeArtifact, runtimeArtifactSchema } from './runtime-artifact.ts';

/** How a gateway fetches artifacts of the event hub; each request with the attempts of every load (wire.md 6.3). */
export type ArtifactClient = {
  /**
   * Everything that is published for a label, as JSON texts; undefined when the event hub could not be asked.
   * @throws ZodError for an answer of another form
   */
  all(label: string): Promise<readonly string[] | undefined>;
  /** @throws Error where there is none, or none that can be read */
  one(apiId: string, label: string, instruction: Instruction | 'ANY'): Promise<RuntimeArtifact>;
  /** Id and label of an API that was published or removed. @throws ZodError */
  attributes(name: string, version: string, tenantDomain: string): Promise<ArtifactAttributes>;
};

export type ArtifactAttributes = { readonly apiId: string | null; readonly label: string | null };

const listSchema = z.object({ list: z.nullish(z.array(z.string())) });
const attributesSchema = z.object({ apiId: z.nullable(z.string()), label: z.nullable(z.string()) });

export const artifactClient = (options: Omit<Retrieval, 'path' | 'what'>): ArtifactClient => {
  const ask = (path: string, query: Readonly<Record<string, string>>): Promise<unknown> =>
    retrieve({ ...options, path: `${path}?${new URLSearchParams(query)}`, what: 'Artifact' });
  return {
    all: async (gatewayLabel) => {
      const answer = await ask('/gateway-synapse-artifacts', { gatewayLabel });
      return answer === undefined ? undefined : (z.parse(listSchema, answer).list ?? []);
    },
    one: async (apiId, gatewayLabel, gatewayInstruction) => {
      const answer = await ask('/synapse-artifacts', { apiId, gatewayLabel, gatewayInstruction });
      if (answer == null) throw new Error(`Error retrieving artifacts for API ${apiId}. Storage returned null`);
      return z.parse(runtimeArtifactSchema, answer);
    },
    attributes: async (apiName, version, tenantDomain) =>
      z.parse(attributesSchema, await ask('/synapse-attributes', { apiName, version, tenantDomain })),
  };
};
