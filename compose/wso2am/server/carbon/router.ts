import { METHODS } from 'node:http';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { Endpoint } from './web.ts';

export type Route =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint; readonly params: Readonly<Record<string, string>> }
  /** The path exists, but not for this method. */
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  /** The path has a broken percent sequence. */
  | { readonly kind: 'bad-path' }
  | { readonly kind: 'none' };

export type Router = (method: string, path: string) => Route;

/** API names and consumer keys travel in paths; the library's own limit of 100 characters is too short for them. */
const LONGEST_PARAMETER = 2048;

/**
 * Finds the endpoint of a request. As in Tomcat a GET endpoint answers HEAD too unless HEAD has one of its own, and doubled
 * slashes count once.
 */
export const createRouter = (endpoints: readonly Endpoint[]): Router => {
  const tree = findMyWay({
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    maxParamLength: LONGEST_PARAMETER,
  });
  const byHandler = new Map<unknown, Endpoint>();
  const ownHeads = new Set(endpoints.filter((each) => namesOf(each).includes('HEAD')).map(shapeOf));
  const methodsOf = (endpoint: Endpoint): HTTPMethod[] => {
    const names = namesOf(endpoint);
    if (names.includes('GET') && !ownHeads.has(shapeOf(endpoint))) names.push('HEAD');
    return names.filter(isMethod);
  };
  for (const endpoint of endpoints) {
    const handler = (): void => undefined;
    byHandler.set(handler, endpoint);
    tree.on(methodsOf(endpoint), endpoint.path, handler);
  }
  const known = [...new Set(endpoints.flatMap(methodsOf))];

  const find = (method: HTTPMethod, path: string): Route | null | undefined => {
    const found = tree.find(method, path);
    const endpoint = byHandler.get(found?.handler);
    return found && endpoint && { kind: 'endpoint', endpoint, params: presentOnly(found.params) };
  };

  return (method, path) => {
    if (!isDecodable(path)) return { kind: 'bad-path' };
    if (!path.startsWith('/')) return { kind: 'none' };
    const route = isMethod(method) ? find(method, path) : undefined;
    if (route) return route;
    const allowed = known.filter((other) => find(other, path));
    return allowed.length === 0 ? { kind: 'none' } : { kind: 'wrong-method', allowed };
  };
};

const namesOf = ({ method }: Endpoint): string[] => (typeof method === 'string' ? [method] : [...method]);

/** A path whatever its parameters are called. */
const shapeOf = ({ path }: Endpoint): string => path.replace(/:\w+/g, ':');

const isMethod = (name: string): name is HTTPMethod => METHODS.includes(name);

const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

const presentOnly = (params: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
