/** Tokens that a gateway environment is for: production, sandbox, or both (configuration.md 5.3). */
export const ENVIRONMENT_TYPES = ['hybrid', 'production', 'sandbox'] as const;

export type EnvironmentType = (typeof ENVIRONMENT_TYPES)[number];

/** The one environment of the documentation's samples, which every version ships (configuration.md 5.3, 5.6). */
export const DEFAULT_ENVIRONMENT = {
  name: 'Production and Sandbox',
  type: 'hybrid',
  description: 'This is a hybrid gateway that handles both production and sandbox token traffic.',
} as const satisfies { readonly name: string; readonly type: EnvironmentType; readonly description: string };
