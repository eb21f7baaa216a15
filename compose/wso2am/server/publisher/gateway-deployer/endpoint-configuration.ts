import { z } from 'zod';
import type { Api } from '../model/api.ts';
import type { KeyType } from './artifact-names.ts';

/** Numbers come as texts too; an empty one says nothing. */
const number = z
  .union([z.number(), z.string()])
  .transform((value) => (value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value)))
  .optional()
  .catch(undefined);

/** Codes of synapse: a list, or a text with commas. */
const codes = z
  .union([z.array(z.union([z.string(), z.number()])).transform((list) => list.join(',')), z.string()])
  .optional()
  .catch(undefined);

/** The advanced settings of an endpoint (carbon-apimgt 6.5.349, velocity template of an endpoint; the misspelling is its own). */
const settings = z.object({
  actionSelect: z.string().optional().catch(undefined),
  actionDuration: number,
  suspendErrorCode: codes,
  suspendDuration: number,
  suspendMaxDuration: number,
  factor: number,
  retryErroCode: codes,
  retryTimeOut: number,
  retryDelay: number,
});

export type EndpointSettings = z.infer<typeof settings>;

const target = z.object({ url: z.string().min(1), config: settings.nullish().catch(undefined) });

export type EndpointTarget = { readonly url: string; readonly settings: EndpointSettings | undefined };

/** One target or several; what is none is passed over. */
const targets = z
  .unknown()
  .optional()
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).flatMap((one): readonly EndpointTarget[] => {
      const { data } = target.safeParse(one);
      return data ? [{ url: data.url, settings: data.config ?? undefined }] : [];
    }),
  );

const configuration = z.object({
  endpoint_type: z.string().optional().catch(undefined),
  production_endpoints: targets,
  production_failovers: targets,
  sandbox_endpoints: targets,
  sandbox_failovers: targets,
  algoClassName: z.string().optional().catch(undefined),
  /** `transport`, `soap` or `simpleClientSession`; empty for none. */
  sessionManagement: z.string().optional().catch(undefined),
  sessionTimeOut: number,
});

/** Where calls with keys of a kind go (wire.md 7.2, `endpointConfig`): the first target, or a group of all. */
export type EndpointConfiguration = {
  readonly kind: 'single' | 'loadbalance' | 'failover';
  /** At least one. */
  readonly targets: readonly EndpointTarget[];
  readonly algorithm: string | undefined;
  readonly session: { readonly kind: string; readonly timeout: number | undefined } | undefined;
};

/** Undefined where an API has no endpoint for the kind of key. */
export const endpointConfiguration = (
  { endpointConfig }: Pick<Api, 'endpointConfig'>,
  keyType: KeyType,
): EndpointConfiguration | undefined => {
  const { data } = configuration.safeParse(endpointConfig);
  const [first, ...others] = data?.[`${keyType}_endpoints`] ?? [];
  if (!data || !first) return undefined;
  const { sessionManagement, sessionTimeOut: timeout } = data;
  const group = {
    algorithm: data.algoClassName || undefined,
    session: sessionManagement ? { kind: sessionManagement, timeout } : undefined,
  };
  switch (data.endpoint_type) {
    case 'load_balance':
      return { kind: 'loadbalance', targets: [first, ...others], ...group };
    case 'failover':
      return { kind: 'failover', targets: [first, ...data[`${keyType}_failovers`]], ...group };
    default:
      return { kind: 'single', targets: [first], algorithm: undefined, session: undefined };
  }
};
