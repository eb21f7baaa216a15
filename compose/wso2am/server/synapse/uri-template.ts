/** Whether a resource's path, as it follows the API's context and with its query, fits a template. */
export type PathMatcher = (path: string, query: string) => boolean;

const ESCAPED = /[.+^$()|[\]\\]/g;

/** What one piece of a template stands for; everything else stands for itself. */
const pattern = (piece: string): string => {
  if (piece === '*') return '.*';
  // `{+path}` is reserved expansion: it may hold slashes.
  if (piece.startsWith('{+')) return '.+';
  if (piece.startsWith('{')) return '[^/?&]+';
  return piece.replace(ESCAPED, '\\$&').replaceAll('?', '\\?');
};

/**
 * A `uri-template` of synapse: `/menu/{id}`, `/menu/*`, `/*`. The query takes part only where the template has one. As in
 * synapse `/menu/*` does not fit `/menu`, whereas `/*` fits everything, for an empty path counts as `/`.
 */
export const compileUriTemplate = (template: string): PathMatcher => {
  const pieces = template.split(/(\{[^{}]*\}|\*)/).filter((piece) => piece !== '');
  const expression = new RegExp(`^${pieces.map(pattern).join('')}$`);
  const withQuery = template.includes('?');
  return (path, query) => expression.test(withQuery && query !== '' ? `${path}?${query}` : path);
};

/** A `url-mapping`, as of servlets: exact, a prefix with `/*`, or a suffix with `*.`. */
export const compileUrlMapping = (mapping: string): PathMatcher => {
  if (mapping === '/' || mapping === '/*') return () => true;
  if (mapping.endsWith('/*')) {
    const prefix = mapping.slice(0, -2);
    return (path) => path === prefix || path.startsWith(`${prefix}/`);
  }
  if (mapping.startsWith('*.')) return (path) => path.endsWith(mapping.slice(1));
  return (path) => path === mapping;
};
