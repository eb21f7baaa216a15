import type { PortalNode } from './portal-node.ts';
import { applicationSchema } from './schemas.ts';

let count = 0;

/** @returns the path of a new application of the admin, its id and its name */
export const newApplication = async (portal: PortalNode, tokenType = 'OAUTH') => {
  count += 1;
  const json = { name: `app ${count}`, throttlingPolicy: 'Unlimited', tokenType };
  const { applicationId } = applicationSchema(portal.version).parse(
    (await portal.call('/applications', { json })).body,
  );
  return { applicationId, name: json.name, path: `/applications/${applicationId}` };
};
