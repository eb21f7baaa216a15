import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { newApplication } from '../devportal/sample-applications.ts';
import { errorBody } from '../publisher/schemas.ts';
import { counted, portalKeyManager, portalPolicy, portalResults } from './answer-tables.ts';

const portals = usePortals();

describe.each(VERSIONS)('what the Portal of %s finds and lists', (version) => {
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start(version);
  });

  const document = async (apiId: string, visibility: string, name: string, text: string) => {
    const path = `${REST_BASE_PATHS.publisher[version][0]}/apis/${apiId}/documents`;
    const json = { name, type: 'HOWTO', sourceType: 'INLINE', visibility };
    const headers = basic('admin', 'admin');
    const { body } = await node.send(path, { json, headers });
    const { documentId } = z.looseObject({ documentId: z.string() }).parse(body);
    const form = new FormData();
    form.set('inlineContent', text);
    await node.send(`${path}/${documentId}/content`, { body: form, headers });
  };
  const search = async (query: string, headers?: Readonly<Record<string, string>>) => {
    const path = `/search?${new URLSearchParams({ query })}`;
    return portalResults.parse((await (headers ? node.call(path, { headers }) : node.visit(path))).body).list;
  };

  it('are APIs and documents by what they say', async () => {
    const word = `mozzarella${version.replaceAll('.', '')}`;
    const { id, name } = await node.api({ description: `with ${word}` });
    await node.api({ description: `with ${word}` }, 'CREATED');
    await document(id, 'API_LEVEL', 'recipe', `"take ${word}"`);
    await document(id, 'PRIVATE', 'secret recipe', `"take ${word}"`);

    expect((await search(word)).map((each) => each.name)).toEqual([name, 'recipe']);
    expect((await search(word, basic('admin', 'admin'))).map((each) => each.name)).toEqual([
      name,
      'recipe',
      'secret recipe',
    ]);
    expect((await search(`content:${word}`)).map(({ type }) => type)).toEqual(['API', 'DOC']);
    expect(await search(`name:${name}`)).toMatchObject([{ id, type: 'API', status: 'PUBLISHED' }]);
    expect(await search('no such word')).toEqual([]);
  });

  it('are the policies an API can be subscribed to with', async () => {
    const { id } = await node.api({ policies: ['Gold'] });
    const reply = await node.visit(`/apis/${id}/subscription-policies`);

    expect(z.array(portalPolicy).parse(reply.body)).toMatchObject([{ name: 'Gold', unitTime: 60_000 }]);
    expect((await node.visit('/apis/nothing/subscription-policies')).status).toBe(404);
  });

  it('are no keys any more after a clean-up, so that new ones can be made', async () => {
    const { path } = await newApplication(node);
    const json = { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'] };
    await node.call(`${path}/generate-keys`, { json });
    expect((await node.call(`${path}/generate-keys`, { json })).status).toBe(409);

    expect((await node.call(`${path}/keys/PRODUCTION/clean-up`, { method: 'POST' })).status).toBe(200);

    expect((await node.call(`${path}/keys`)).body).toMatchObject({ count: 0 });
    const again = await node.call(`${path}/keys/PRODUCTION/clean-up`, { method: 'POST' });
    expect(errorBody.parse(again.body).code).toBe(404);
    expect((await node.call(`${path}/generate-keys`, { json })).status).toBe(200);
  });
});

describe('what only the Portal of 3.2.0 lists', () => {
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start('3.2.0');
  });

  it('are Key Managers', async () => {
    const reply = await node.call('/key-managers');

    expect(counted(portalKeyManager).parse(reply.body)).toMatchObject({
      count: 1,
      list: [{ name: 'Resident Key Manager', type: 'default', tokenEndpoint: 'https://gw.lab:8243/token' }],
    });
    expect((await node.visit('/key-managers')).status).toBe(401);
  });

  it('are the Key Managers that an administrator added, with their own end points', async () => {
    const settings = { token_endpoint: 'https://okta.lab/token', grant_types: ['password'] };
    await node.apim.execute(
      `INSERT INTO AM_KEY_MANAGER (UUID, NAME, DISPLAY_NAME, TYPE, CONFIGURATION, ENABLED, TENANT_DOMAIN)
       VALUES ('okta', 'Okta', 'Okta', 'Okta', ?, 1, 'carbon.super')`,
      [Buffer.from(JSON.stringify(settings))],
    );

    const { list } = z.object({ list: z.array(z.looseObject({})) }).parse((await node.call('/key-managers')).body);
    expect(list.find(({ name }) => name === 'Okta')).toMatchObject({
      type: 'Okta',
      tokenEndpoint: 'https://okta.lab/token',
      revokeEndpoint: null,
      availableGrantTypes: ['password'],
      enableTokenGeneration: false,
    });
  });

  it('are the categories that an administrator made', async () => {
    const category = z.strictObject({ id: z.string(), name: z.string(), description: z.string().nullable() });
    const categories = z.strictObject({ count: z.int(), list: z.array(category) });
    expect(categories.parse((await node.visit('/api-categories')).body).list).toEqual([]);
    await node.apim.execute(
      `INSERT INTO AM_API_CATEGORIES (UUID, NAME, DESCRIPTION, TENANT_ID) VALUES ('1', 'Finance', NULL, -1234)`,
      [],
    );

    expect(categories.parse((await node.visit('/api-categories')).body)).toEqual({
      count: 1,
      list: [{ id: '1', name: 'Finance', description: null }],
    });
  });
});
