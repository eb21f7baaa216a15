import type { HopRecorder } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import { findApi, findApplication } from './find.ts';
import { openSession } from './open-session.ts';
import { deleteApi } from './publish-api.ts';
import { deleteApplication } from './subscribe.ts';

/** What a probe may have made; the ids where it came to know them. */
export type Leftovers = {
  readonly api: { readonly name: string; readonly version: string };
  readonly application: { readonly name: string };
  apiId?: string;
  applicationId?: string;
};

/**
 * Removes what a probe made and could not remove itself, also after an interruption, and records how that went. What it got no
 * id of is looked for by its name: a request that was broken off may have been fulfilled.
 */
export const removeLeftovers = async (
  { status, undisturbed: http }: ProbeContext,
  recorder: HopRecorder,
  made: Leftovers,
): Promise<void> => {
  await recorder.hop({
    name: 'clean up',
    from: 'probe',
    to: 'publisher and portal',
    work: async () => {
      const session = await openSession({ status, http });
      const applicationId = made.applicationId ?? (await findApplication(session, made.application.name));
      if (applicationId !== undefined) await deleteApplication(session, applicationId);
      const apiId = made.apiId ?? (await findApi(session.publisher, made.api))?.id;
      if (apiId !== undefined) await deleteApi(session, apiId);
      const removed = [...(applicationId ? ['application'] : []), ...(apiId ? ['API'] : [])];
      return { value: undefined, detail: removed.length > 0 ? `removed ${removed.join(' and ')}` : 'nothing was left' };
    },
  });
};
