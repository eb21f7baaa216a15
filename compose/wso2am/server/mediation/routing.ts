import type { ApiArtifact, Resource } from '../synapse/api-artifact.ts';
import type { ArtifactStore } from '../synapse/artifact-store.ts';

/** An API with what follows its context in the path; at least `/`. */
export type RoutedApi = { readonly api: ApiArtifact; readonly rest: string };

/** Finds the API of a path. As in synapse the longest context wins. */
export const routing = (artifacts: ArtifactStore): ((path: string) => RoutedApi | undefined) => {
  let revision = -1;
  let table: ReadonlyMap<string, ApiArtifact> = new Map();
  return (path) => {
    if (artifacts.revision() !== revision) {
      revision = artifacts.revision();
      table = byContext(artifacts.apis.all());
    }
    // From the whole path up, a segment less each time: as many looks as it has segments, however many APIs there are.
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const api = table.get(end === path.length ? path : path.slice(0, end));
      if (api) return { api, rest: path.slice(end) || '/' };
    }
    const api = table.get('/');
    return api && { api, rest: path };
  };
};

/** Of those with one context, which a share can hold, the first by name: every gateway then serves the same. */
const byContext = (apis: readonly ApiArtifact[]): ReadonlyMap<string, ApiArtifact> =>
  new Map(apis.toSorted((a, b) => (a.name < b.name ? 1 : -1)).map((api) => [api.context, api]));

export type FoundResource =
  | { readonly kind: 'found'; readonly resource: Resource }
  /** A resource has this path, but not this verb. */
  | { readonly kind: 'wrong-verb'; readonly verbs: readonly string[] }
  | { readonly kind: 'none' };

/** Finds the resource for a path and a verb: the first of the file, as synapse does. */
export const findResource = (api: ApiArtifact, rest: string, query: string, verb: string): FoundResource => {
  const resource = api.resources.find(({ methods, matches }) => methods.includes(verb) && matches(rest, query));
  if (resource) return { kind: 'found', resource };
  const candidates = api.resources.filter(({ matches }) => matches(rest, query));
  return candidates.length === 0
    ? { kind: 'none' }
    : { kind: 'wrong-verb', verbs: candidates.flatMap(({ methods }) => methods) };
};
