import { json } from '../../carbon/web.ts';
import { listApis } from '../../publisher/stores/apis.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { isListed } from '../rules/visible-apis.ts';
import { open } from './open.ts';

/** Tags of the APIs that whoever asks finds in the list, with the number of those. */
export const tagsRoute = (context: DevportalContext): RestRoute =>
  open('/tags', async (call, user) => {
    const counts = new Map<string, number>();
    for (const { tags } of (await listApis(context)).filter((api) => isListed(api, user))) {
      for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    const bodies = [...counts]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([value, count]) => ({ value, count }));
    return json(200, paged(bodies, pageOf(call.query), '/tags'));
  });
