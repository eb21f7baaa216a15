import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';
import type { Statements } from '../../database/database.ts';
import { readResource, readResourcesOf, writeResource } from '../../rest-api/registry/registry.ts';
import { type ApiIdentity, apiArtifact, apiDefinition } from '../../rest-api/registry/registry-paths.ts';
import type { Api } from '../model/api.ts';
import { apiFields } from '../model/api-fields.ts';
import { storedScope } from '../model/scope.ts';

/**
 * The product keeps an artifact of XML here, the simulator JSON in the form of the REST API: Publishers of both kinds do not
 * understand each other's APIs.
 */
const MEDIA_TYPE = 'application/vnd.wso2-api+json';

/** What of an API stands in the registry and not in AM_API. */
export type ApiDocument = Omit<
  Api,
  'id' | 'rowId' | 'provider' | 'status' | 'createdTime' | 'lastUpdatedTime' | 'name' | 'version'
>;

/** The fields of the version, but scopes in the one form that all versions read. */
const storedDocument = (version: Version) =>
  apiFields(version)
    .omit({ provider: true, gatewayEnvironments: true })
    .extend({
      gatewayEnvironments: z.array(z.string()),
      scopes: z.array(storedScope),
      hasThumbnail: z.boolean().default(false),
    });

export const readApiDocument = async (
  statements: Statements,
  version: Version,
  api: ApiIdentity,
): Promise<ApiDocument | undefined> => {
  const resource = await readResource(statements, apiArtifact(api));
  return resource && parse(version, resource.content);
};

/** Every document, by the UUID of its API. */
export const readApiDocuments = async (
  statements: Statements,
  version: Version,
): Promise<ReadonlyMap<string, ApiDocument>> => {
  const resources = await readResourcesOf(statements, MEDIA_TYPE);
  return new Map(resources.map(({ uuid, content }) => [uuid, parse(version, content)]));
};

export const writeApiDocument = async (statements: Statements, api: Api, user: string): Promise<void> => {
  const { rowId: _rowId, status: _status, createdTime: _created, lastUpdatedTime: _updated, ...fields } = api;
  await writeResource(statements, {
    path: apiArtifact(api),
    uuid: api.id,
    content: Buffer.from(JSON.stringify(fields)),
    mediaType: MEDIA_TYPE,
    user,
  });
};

/** The OpenAPI definition as text. */
export const readDefinition = async (statements: Statements, api: ApiIdentity): Promise<string | undefined> =>
  (await readResource(statements, apiDefinition(api)))?.content.toString('utf8');

export const writeDefinition = (
  statements: Statements,
  api: ApiIdentity,
  definition: string,
  user: string,
): Promise<void> =>
  writeResource(statements, {
    path: apiDefinition(api),
    content: Buffer.from(definition),
    mediaType: 'application/json',
    user,
  });

const parse = (version: Version, content: Buffer): ApiDocument => {
  const {
    name: _name,
    version: _version,
    ...document
  } = storedDocument(version).parse(JSON.parse(content.toString('utf8')));
  return document;
};
