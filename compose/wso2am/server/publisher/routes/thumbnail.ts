import { json } from '../../carbon/web.ts';
import { multipartBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { requireApi } from '../rules/require-api.ts';
import { writeApiDocument } from '../stores/api-documents.ts';
import { readThumbnail, writeThumbnail } from '../stores/thumbnail.ts';

const PATH = '/apis/:apiId/thumbnail';

/** Images that a thumbnail may be. */
const IMAGES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/svg+xml'];

/** The picture of an API; the Portal shows it too. */
export const thumbnailRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: PATH,
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const icon = await readThumbnail(context.shared, api);
      // As in the product: an API without a picture has nothing to show, which is no error.
      return icon ? { status: 200, headers: { 'Content-Type': icon.mediaType }, body: icon.content } : { status: 204 };
    },
  },
  {
    method: 'PUT',
    path: PATH,
    scopes: ['apim:api_create', 'apim:api_publish'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const file = (await multipartBody(call)).get('file');
      if (!(file instanceof File)) throw new RestError('badRequest', 'The field file is missing');
      const mediaType = IMAGES.find((type) => type === file.type);
      if (mediaType === undefined)
        throw new RestError('badRequest', `The file should be one of [${IMAGES.join(', ')}]`);
      const content = Buffer.from(await file.arrayBuffer());
      await context.shared.transaction(async (statements) => {
        await writeThumbnail(statements, api, { content, mediaType }, user.name);
        await writeApiDocument(statements, { ...api, hasThumbnail: true }, user.name);
      });
      const relativePath = `/apis/${api.id}/thumbnail`;
      return json(201, { relativePath, mediaType }, { Location: locationOf(context, relativePath) });
    },
  },
];
