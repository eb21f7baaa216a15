import type { Api } from './api.ts';
import type { ApiDocumentation } from './document.ts';

/** An API among the results of `GET /search` (`APISearchResult`): the context is without the version. */
export const apiResultBody = (api: Api): object => ({
  id: api.id,
  name: api.name,
  type: 'API',
  transportType: api.type,
  description: api.description ?? null,
  context: api.context,
  version: api.version,
  provider: api.provider,
  status: api.status,
  thumbnailUri: api.hasThumbnail ? `/apis/${api.id}/thumbnail` : null,
});

/** A document among the results of `GET /search` (`DocumentSearchResult`). */
export const documentResultBody = (api: Api, document: ApiDocumentation): object => ({
  id: document.id,
  name: document.name,
  type: 'DOC',
  transportType: null,
  docType: document.type,
  summary: document.summary ?? null,
  sourceType: document.sourceType,
  sourceUrl: document.sourceUrl ?? null,
  otherTypeName: document.otherTypeName ?? null,
  visibility: document.visibility,
  apiName: api.name,
  apiVersion: api.version,
  apiProvider: api.provider,
  apiUUID: api.id,
});
