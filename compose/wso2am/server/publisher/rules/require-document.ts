import type { Statements } from '../../database/database.ts';
import type { ApiIdentity } from '../../rest-api/registry/registry-paths.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { ApiDocumentation } from '../model/document.ts';
import { listDocumentation } from '../stores/documentation.ts';

/** The document of an API that a call names. @throws RestError 404 */
export const requireDocument = async (
  statements: Statements,
  api: ApiIdentity,
  id: string,
): Promise<ApiDocumentation> => {
  const document = (await listDocumentation(statements, api)).find((each) => each.id === id);
  if (!document) throw new RestError('notFound', `Requested Document with Id '${id}' not found`);
  return document;
};
