import type { Version } from '../../../../../lab/product/versions.ts';
import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';
import { WORKFLOW_TYPES, workflowStatus } from './workflow.ts';
import { findPendingWorkflow, listPendingWorkflows } from './workflow-store.ts';

const APPROVE: Readonly<Record<Version, readonly string[]>> = {
  '3.0.0': ['apim:api_workflow'],
  '3.1.0': ['apim:api_workflow'],
  '3.2.0': ['apim:api_workflow_approve', 'apim:admin'],
};

/**
 * Workflows that wait for somebody's word. Whatever the simulator does is approved at once, so there are none unless a node of
 * the product left some in the database; those are shown, but cannot be decided on here.
 */
export const workflowRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: '/workflows/update-workflow-status',
    scopes: APPROVE[context.version],
    handle: async (call) => {
      const reference = call.query.get('workflowReferenceId') ?? '';
      if (reference === '') throw new RestError('badRequest', 'workflowReferenceId is empty');
      await jsonBody(call, workflowStatus);
      await requireWorkflow(context, reference);
      throw new RestError('notSimulated', 'The simulator does not decide on workflows');
    },
  },
  ...(context.version === '3.2.0' ? pendingRoutes(context) : []),
];

/** What came with 3.2.0. */
const pendingRoutes = (context: AdminContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/workflows',
    scopes: ['apim:api_workflow_view'],
    handle: async ({ query }) => {
      const type = query.get('workflowType') ?? '';
      if (type !== '' && !WORKFLOW_TYPES.includes(type)) {
        throw new RestError('badRequest', `workflowType '${type}' is not known`);
      }
      const found = await listPendingWorkflows(context.apim, type);
      const { count, list, pagination } = paged(found, pageOf(query), '/workflows', { workflowType: type });
      return json(200, { count, next: pagination.next, previous: pagination.previous, list });
    },
  },
  {
    method: 'GET',
    path: '/workflows/:externalWorkflowRef',
    scopes: ['apim:api_workflow_view'],
    handle: async ({ params }) => json(200, await requireWorkflow(context, params.externalWorkflowRef ?? '')),
  },
];

const requireWorkflow = async ({ apim }: AdminContext, reference: string): Promise<object> => {
  const workflow = await findPendingWorkflow(apim, reference);
  if (workflow) return workflow;
  throw new RestError('notFound', `Requested Workflow with Id '${reference}' not found`);
};
