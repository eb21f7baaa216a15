import { beforeAll, describe, expect, it } from 'vitest';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import type { Request } from '../publisher/publisher-node.ts';
import { errorBody, listOf } from '../publisher/schemas.ts';
import { document, shownDocument } from './answer-tables.ts';

const HOWTO = {
  name: 'how to',
  type: 'HOWTO',
  sourceType: 'URL',
  sourceUrl: 'https://x.lab/a',
  visibility: 'API_LEVEL',
};

describe.each(VERSIONS)('documents and thumbnails in %s', (version: Version) => {
  const portals = usePortals();
  let node: PortalNode;
  let id: string;

  beforeAll(async () => {
    node = await portals.start(version);
    ({ id } = await node.api());
  });

  const publisher = (path: string, request: Request = {}) =>
    node.send(`${REST_BASE_PATHS.publisher[version][0]}/apis/${id}${path}`, {
      ...request,
      headers: { ...basic('admin', 'admin'), ...request.headers },
    });
  const add = async (changes: object) =>
    document.parse((await publisher('/documents', { json: { ...HOWTO, ...changes } })).body).documentId;
  const form = (name: string, value: string | File) => {
    const body = new FormData();
    body.set(name, value);
    return body;
  };

  it('are created, listed, changed and deleted by the Publisher', async () => {
    const documentId = await add({ name: 'first' });
    expect(document.parse((await publisher(`/documents/${documentId}`)).body)).toMatchObject({ name: 'first' });
    const put = await publisher(`/documents/${documentId}`, { method: 'PUT', json: { ...HOWTO, name: 'renamed' } });
    expect(document.parse(put.body)).toMatchObject({ documentId, name: 'renamed' });
    expect((await publisher('/documents/validate?name=renamed', { method: 'POST' })).status).toBe(200);
    expect((await publisher('/documents/validate?name=first', { method: 'POST' })).status).toBe(404);
    expect(listOf(document).parse((await publisher('/documents')).body).list).toHaveLength(1);
    expect((await publisher(`/documents/${documentId}`, { method: 'DELETE' })).status).toBe(200);
    expect(errorBody.parse((await publisher(`/documents/${documentId}`)).body).code).toBe(404);
  });

  it('are shown by the Portal to whom they are for', async () => {
    await add({ name: 'for all' });
    await add({ name: 'for users', visibility: 'PRIVATE' });
    const names = (body: unknown) =>
      listOf(shownDocument)
        .parse(body)
        .list.map(({ name }) => name);

    expect(names((await node.visit(`/apis/${id}/documents`)).body)).toEqual(['for all']);
    expect(names((await node.call(`/apis/${id}/documents`)).body)).toEqual(['for all', 'for users']);
  });

  it('refuse a second one of a name, a kind that is none, and a page that is nowhere', async () => {
    await add({ name: 'twice' });
    expect((await publisher('/documents', { json: { ...HOWTO, name: 'twice' } })).status).toBe(409);
    expect((await publisher('/documents', { json: { ...HOWTO, type: 'NOVEL' } })).status).toBe(400);
    expect((await publisher('/documents', { json: { ...HOWTO, sourceUrl: 'javascript:1' } })).status).toBe(400);
    expect((await publisher('/documents', { json: { ...HOWTO, name: 'o', type: 'OTHER' } })).status).toBe(400);
  });

  it('hold text or a file, as their source says', async () => {
    const inline = await add({ name: 'text', sourceType: 'INLINE', sourceUrl: null });
    expect((await publisher(`/documents/${inline}/content`)).status).toBe(404);
    const path = `/documents/${inline}/content`;
    expect((await publisher(path, { body: form('file', new File(['x'], 'x.txt')) })).status).toBe(400);
    const put = await publisher(path, { body: form('inlineContent', '"hello"') });
    expect(put.status).toBe(201);
    document.parse(put.body);
    expect((await node.visit(`/apis/${id}${path}`)).body).toBe('hello');

    const file = await add({ name: 'file', sourceType: 'FILE', sourceUrl: null });
    const posted = await publisher(`/documents/${file}/content`, { body: form('file', new File(['[1]'], 'a"b.json')) });
    expect(document.parse(posted.body).fileName).toContain('.json');
    const got = await node.visit(`/apis/${id}/documents/${file}/content`);
    expect(got.body).toEqual([1]);
    expect(got.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.]+"$/);
  });

  it('show the picture that was put', async () => {
    expect((await node.visit(`/apis/${id}/thumbnail`)).status).toBe(204);
    const put = (type: string) =>
      publisher('/thumbnail', { method: 'PUT', body: form('file', new File(['1'], 'icon', { type })) });
    expect((await put('text/html')).status).toBe(400);
    const { status, body } = await put('image/png');
    expect(status).toBe(201);
    expect(body).toEqual({ relativePath: `/apis/${id}/thumbnail`, mediaType: 'image/png' });
    expect((await node.visit(`/apis/${id}/thumbnail`)).headers.get('content-type')).toBe('image/png');
    expect((await node.visit(`/apis/${id}`)).body).toMatchObject({ hasThumbnail: true });
    expect((await publisher('', {})).body).toMatchObject({ hasThumbnail: true });
  });

  it('tell whether a name or a context is taken', async () => {
    const { name, context } = await node.api();
    const validate = async (query: string) => {
      const path = `${REST_BASE_PATHS.publisher[version][0]}/apis/validate?${new URLSearchParams({ query })}`;
      return (await node.send(path, { method: 'POST', headers: basic('admin', 'admin') })).status;
    };
    expect(await validate(`name:${name}`)).toBe(200);
    expect(await validate(`context:${context}`)).toBe(200);
    expect(await validate('name:Nobody')).toBe(404);
    expect(await validate('')).toBe(400);
  });
});
