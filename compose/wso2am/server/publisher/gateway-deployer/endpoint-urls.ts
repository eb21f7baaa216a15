import { z } from 'zod';
import type { Api } from '../model/api.ts';
import type { KeyType } from './artifact-names.ts';

/** One end point, or the first of several: balancing between them is not simulated. */
const target = z
  .union([z.object({ url: z.string() }), z.array(z.object({ url: z.string() }))])
  .optional()
  .catch(undefined);

const endpointConfig = z.object({ production_endpoints: target, sandbox_endpoints: target });

/** URLs of the back end by the kind of key they are for (wire.md 7.2); a kind without one has no entry. */
export const endpointUrls = ({
  endpointConfig: config,
}: Pick<Api, 'endpointConfig'>): Partial<Record<KeyType, string>> => {
  const parsed = endpointConfig.safeParse(config);
  if (!parsed.success) return {};
  const production = urlOf(parsed.data.production_endpoints);
  const sandbox = urlOf(parsed.data.sandbox_endpoints);
  return { ...(production === undefined ? {} : { production }), ...(sandbox === undefined ? {} : { sandbox }) };
};

const urlOf = (value: z.infer<typeof target>): string | undefined => {
  const url = Array.isArray(value) ? value[0]?.url : value?.url;
  return url === undefined || url === '' ? undefined : url;
};
