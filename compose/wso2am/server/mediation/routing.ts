import type { ApiArtifact, Resource } from '../synapse/api-artifact.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';

/** An API with what follows its context in the path; at least `/`. */
export type RoutedApi = { readonly api: ApiArtifact; readonly rest: string };

/** Finds the API of a path. As in synapse the longest context wins. */
export const routing = (artifacts: ArtifactStore): ((path: string) => RoutedApi | undefined) => {
  let revision = -1;
  let table: readonly ApiArtifact[] = [];
  return (path) => {
    if (artifacts.revision() !== revision) {
      revision = artifacts.revision();
      table = [...artifacts.apis.all()].sort(byContext);
    }
    const api = table.find(({ context }) => isBelow(path, context));
    return api && { api, rest: (api.context === '/' ? path : path.slice(api.context.length)) || '/' };
  };
};

/** Those with one context, which a share can hold, by name: every gateway then serves the same. */
const byContext = (a: ApiArtifact, b: ApiArtifact): number =>
  b.context.length - a.context.length || (a.name < b.name ? -1 : 1);

const isBelow = (path: string, context: string): boolean =>
  context === '/' || path === context || path.startsWith(`${context}/`);

export type FoundResource =
  | { readonly kind: 'found'; readonly resource: Resource }
  /** A resource has this path, but not this verb. */
  | { readonly kind: 'wrong-verb'; readonly verbs: readonly string[] }
  | { readonly kind: 'none' };

/** Finds the resource for a path and a verb: the first of the file, as synapse does. */
export const findResource = (api: ApiArtifact, rest: string, query: string, verb: string): FoundResource => {
  const candidates = api.resources.filter(({ matches }) => matches(rest, query));
  const resource = candidates.find(({ methods }) => methods.includes(verb));
  if (resource) return { kind: 'found', resource };
  return candidates.length === 0
    ? { kind: 'none' }
    : { kind: 'wrong-verb', verbs: candidates.flatMap(({ methods }) => methods) };
};
