import type { PublishedOperation } from './published-operations.ts';

type Routed = { readonly method: string; readonly path: string };

/** The published operations that no route serves. Names of parameters do not count: `/keys/{keyType}` is `/keys/:key`. */
export const withoutRoute = (
  operations: readonly PublishedOperation[],
  routes: readonly Routed[],
): readonly PublishedOperation[] => {
  const served = new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`));
  return operations.filter(({ method, path }) => !served.has(`${method} ${path.replace(/\{\w[\w-]*\}/g, ':')}`));
};
