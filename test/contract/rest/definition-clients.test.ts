import SwaggerParser from '@apidevtools/swagger-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { newApi } from '../publisher/sample-apis.ts';

const document = z.looseObject({ info: z.looseObject({ title: z.string(), version: z.string() }) });

describe.each(VERSIONS)('definitions that the Portal of %s exports', (version) => {
  const portals = usePortals();
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start(version);
  });

  /** Validated by a parser of OpenAPI that nobody here wrote; it throws for whatever breaks the specification. */
  const validated = async (id: string) => {
    const { body } = await node.visit(`/apis/${id}/swagger`);
    return SwaggerParser.validate(JSON.parse(JSON.stringify(document.parse(body))));
  };

  it('are valid OpenAPI 3 and name the gateways as servers', async () => {
    const { id, name, context } = await node.api();
    const definition = await validated(id);

    expect(definition).toMatchObject({ openapi: '3.0.1', info: { title: name } });
    expect(definition).toMatchObject({
      servers: [{ url: `https://gw.lab:8243${context}/1.0.0` }, { url: `http://gw.lab:8280${context}/1.0.0` }],
    });
    expect(Object.keys(definition.paths ?? {})).toEqual(['/menu', '/order/{id}']);
  });

  it('are valid Swagger 2 where the API was made so', async () => {
    const path = `${REST_BASE_PATHS.publisher[version][0]}/apis?openAPIVersion=V2`;
    const made = await node.send(path, { json: newApi(), headers: basic('admin', 'admin') });
    const { id } = z.looseObject({ id: z.string() }).parse(made.body);
    await node.apim.execute(`UPDATE AM_API SET STATUS = 'PUBLISHED' WHERE API_UUID = ?`, [id]);

    expect(await validated(id)).toMatchObject({ swagger: '2.0', host: 'gw.lab:8243', schemes: ['https', 'http'] });
  });
});
