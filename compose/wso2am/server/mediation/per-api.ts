import type { ApiArtifact } from '../synapse/api-artifact.ts';

/** What follows from an API's file alone, found out at its first call and not at each: a file that changes makes another artifact. */
export const perApi = <T>(derive: (api: ApiArtifact) => T): ((api: ApiArtifact) => T) => {
  const derived = new WeakMap<ApiArtifact, { readonly value: T }>();
  return (api) => {
    const known = derived.get(api);
    if (known) return known.value;
    const value = derive(api);
    derived.set(api, { value });
    return value;
  };
};
