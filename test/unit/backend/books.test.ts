import { describe, expect, it } from 'vitest';
import { startBackend } from './ask-backend.ts';

const json = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) });

describe('the books of the back end', () => {
  it('are there from the start', async () => {
    const ask = await startBackend();
    const { count, list } = await (await ask('/books')).json();
    expect(count).toBe(3);
    expect(await (await ask('/books/2')).json()).toEqual(list[1]);
  });

  it('can be added, changed and deleted', async () => {
    const ask = await startBackend();
    const added = await ask('/books', json('POST', { title: 'Solaris', author: 'Stanisław Lem' }));
    expect(added.status).toBe(201);
    const { id } = await added.json();
    expect(added.headers.get('location')).toBe(`books/${id}`);
    await ask(`/books/${id}`, json('PUT', { title: 'Fiasco', author: 'Stanisław Lem' }));
    expect(await (await ask(`/books/${id}`)).json()).toEqual({ id, title: 'Fiasco', author: 'Stanisław Lem' });
    expect((await ask(`/books/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(`/books/${id}`)).status).toBe(404);
  });

  it('keep what nobody asked them to hold out', async () => {
    const ask = await startBackend();
    const book = { title: 'x', author: 'y', more: 'z' };
    expect(await (await ask('/books', json('POST', book))).json()).toEqual({ id: '4', title: 'x', author: 'y' });
  });

  it.each([
    ['no JSON', { method: 'POST', body: '{' }],
    ['a list', json('POST', ['title'])],
    ['null', json('POST', null)],
    ['a missing field', json('POST', { title: 'x' })],
    ['a field of another type', json('POST', { title: 'x', author: 7 })],
    ['a field without end', json('POST', { title: 'x', author: 'y'.repeat(201) })],
  ])('are refused with 400 for %s', async (_what, init) => {
    const ask = await startBackend();
    expect((await ask('/books', init)).status).toBe(400);
  });

  it('take no more than a thousand', async () => {
    const ask = await startBackend();
    const add = () => ask('/books', json('POST', { title: 'x', author: 'y' }));
    for (let count = 3; count < 1_000; count += 1) expect((await add()).status).toBe(201);
    expect((await add()).status).toBe(409);
  });

  it('name the methods that they take', async () => {
    const ask = await startBackend();
    const refused = await ask('/books', { method: 'DELETE' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});
