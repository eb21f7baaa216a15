import type { Statements } from '../../database/database.ts';
import {
  deleteResources,
  type Resource,
  readCollection,
  readResource,
  writeResource,
} from '../../rest-api/registry/registry.ts';
import { type ApiIdentity, apiDocumentation, apiDocumentContents } from '../../rest-api/registry/registry-paths.ts';
import { type ApiDocumentation, storedDocument } from '../model/document.ts';

/** As with APIs JSON, where the product keeps an artifact of XML. */
const MEDIA_TYPE = 'application/vnd.wso2-document+json';

/** The documents of an API, by name. */
export const listDocumentation = async (
  statements: Statements,
  api: ApiIdentity,
): Promise<readonly ApiDocumentation[]> => {
  const resources = await readCollection(statements, apiDocumentation(api));
  return resources
    .map(({ content }) => storedDocument.parse(JSON.parse(content.toString('utf8'))))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
};

/** Call it within a transaction. */
export const writeDocumentation = (
  statements: Statements,
  api: ApiIdentity,
  document: ApiDocumentation,
): Promise<void> =>
  writeResource(statements, {
    path: `${apiDocumentation(api)}/${document.id}`,
    uuid: document.id,
    content: Buffer.from(JSON.stringify(document)),
    mediaType: MEDIA_TYPE,
    user: document.lastUpdatedBy,
  });

/** Removes a document with its content. Call it within a transaction. */
export const deleteDocumentation = async (
  statements: Statements,
  api: ApiIdentity,
  id: string,
  user: string,
): Promise<void> => {
  await deleteResources(statements, apiDocumentation(api), user, id);
  await deleteResources(statements, apiDocumentContents(api), user, id);
};

export const readDocumentContent = (
  statements: Statements,
  api: ApiIdentity,
  id: string,
): Promise<Resource | undefined> => readResource(statements, `${apiDocumentContents(api)}/${id}`);

/** Call it within a transaction. */
export const writeDocumentContent = (
  statements: Statements,
  api: ApiIdentity,
  { id, lastUpdatedBy: user }: ApiDocumentation,
  { content, mediaType }: Pick<Resource, 'content' | 'mediaType'>,
): Promise<void> => writeResource(statements, { path: `${apiDocumentContents(api)}/${id}`, content, mediaType, user });
