import { z } from 'zod';
import { type NamedPlan, plansOfPolicy } from '../../../throttling/plans/plans-of-policy.ts';
import { latin1, POLICY_FIELDS } from '../policy-fields.ts';

/** A policy that an administrator writes in SiddhiQL; it counts by keys that gateways make of a template (wire.md 5.10). */
export type CustomPolicy = {
  readonly id: string;
  /** `POLICY_ID`. */
  readonly rowId: number;
  readonly name: string;
  readonly description: string;
  readonly isDeployed: boolean;
  /** `$userId:$apiContext`. */
  readonly keyTemplate: string;
  /** From `FROM RequestStream` to `INSERT ALL EVENTS into ResultStream;`. */
  readonly siddhiQuery: string;
};

/** Bytes of a BLOB, the type of the query's column. */
const LONGEST_QUERY = 65_535;

/** The body of a new or changed custom policy. */
export const customPolicyBody = z.object({
  policyName: POLICY_FIELDS.policyName,
  description: POLICY_FIELDS.description,
  keyTemplate: latin1(512).trim().min(1),
  siddhiQuery: z
    .string()
    .trim()
    .min(1)
    .refine((query) => Buffer.byteLength(query) <= LONGEST_QUERY, 'is too long'),
});

/** A policy as the REST API writes it; custom policies have no display name. */
export const customPolicyOut = (policy: CustomPolicy): object => ({
  policyId: policy.id,
  policyName: policy.name,
  displayName: null,
  description: policy.description,
  isDeployed: policy.isDeployed,
  siddhiQuery: policy.siddhiQuery,
  keyTemplate: policy.keyTemplate,
});

export const plansOfCustomPolicy = ({
  name,
  siddhiQuery,
}: Pick<CustomPolicy, 'name' | 'siddhiQuery'>): readonly NamedPlan[] =>
  plansOfPolicy({ level: 'global', name, siddhiQuery });
