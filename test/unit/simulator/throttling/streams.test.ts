import { expect, it } from 'vitest';
import { REQUEST_ATTRIBUTES, requestRow } from '../../../../compose/wso2am/server/throttling/streams.ts';

it('takes the null of the wire for an empty text', () => {
  const payload = REQUEST_ATTRIBUTES.map((name) => (name === 'apiTier' ? null : name));

  expect(requestRow(payload)).toMatchObject({ apiTier: '', properties: 'properties' });
});

it.each([
  ['sixteen values', REQUEST_ATTRIBUTES.slice(1)],
  ['eighteen values', [...REQUEST_ATTRIBUTES, 'x']],
  ['a number', REQUEST_ATTRIBUTES.map((name) => (name === 'appId' ? 7 : name))],
])('refuses an event with %s', (_what, payload) => {
  expect(() => requestRow(payload)).toThrow(TypeError);
});
