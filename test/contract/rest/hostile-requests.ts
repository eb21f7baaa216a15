import type { Request } from '../publisher/publisher-node.ts';

export type HostileRequest = { readonly title: string; readonly path: string; readonly request: Request };

const SQL = `x'; DROP TABLE AM_API; -- `;
const NAMES = ['name', 'context', 'version', 'description', 'visibility', 'type', 'tags', 'policies', 'operations'];

/** Values that no field takes, or that would harm who trusts them. */
const VALUES: readonly unknown[] = [
  SQL,
  42,
  true,
  null,
  [],
  [[]],
  { $ne: 1 },
  '\u0000',
  '../../etc/passwd',
  'x'.repeat(100_000),
  '😀',
];

const JSON_TYPE = { 'Content-Type': 'application/json' };

const TEXTS = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '{"name":}',
  '\u00ff\u00fe',
  `${'['.repeat(50_000)}`,
  '{"__proto__":{"a":1}}',
];

const PARTS = [
  SQL,
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%27%20OR%20%271%27=%271',
  'x'.repeat(1000),
  '%F0%9F%98%80',
  '%252e%252e',
];

/** Frames of a stack, names of files, words of the database. */
export const LEAKS = /\n\s+at |\.ts:\d|node_modules|You have an error in your SQL|ER_[A-Z]+/;

const METHODS = ['GET', 'PUT', 'DELETE'];

/**
 * Requests that should be refused, or at worst find nothing.
 * @param valid a body that would be taken
 * @param collection that takes it, and whose members paths name
 * @param methods of the members in every version: subscriptions take no `PUT` before 3.2.0
 */
export const hostileRequests = (
  collection: string,
  valid: object,
  methods: readonly string[] = METHODS,
): readonly HostileRequest[] => [
  ...Object.keys(valid)
    .filter((field) => NAMES.includes(field) || collection !== '/apis')
    .flatMap((field) =>
      VALUES.map((value, index) => ({
        title: `${field} is value ${index}`,
        path: collection,
        request: { json: { ...valid, [field]: value } },
      })),
    ),
  ...TEXTS.map((body, index) => ({
    title: `body is text ${index}`,
    path: collection,
    request: { method: 'POST', headers: JSON_TYPE, body },
  })),
  ...['text/plain', 'application/xml', 'multipart/form-data', ''].map((type) => ({
    title: `media type '${type}'`,
    path: collection,
    request: { method: 'POST', headers: { 'Content-Type': type }, body: JSON.stringify(valid) },
  })),
  ...PARTS.flatMap((part) =>
    methods.map((method) => ({
      title: `${method} of member ${part.slice(0, 20)}`,
      path: `${collection}/${part.replaceAll(' ', '%20').replaceAll(';', '%3B')}`,
      request: { method, ...(method === 'PUT' ? { json: valid } : {}) },
    })),
  ),
  ...[
    'limit=x',
    'limit=1e9',
    'offset=%27',
    'limit=99999999999',
    'limit=-1',
    'limit=1&limit=2',
    'query=%27%3B--',
    'query=%00',
  ].map((query) => ({ title: `list with ${query}`, path: `${collection}?${query}`, request: {} })),
];
