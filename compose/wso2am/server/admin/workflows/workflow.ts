import { z } from 'zod';

/** What `workflowType` of the published definition may be: `WF_TYPE` of the table. */
export const WORKFLOW_TYPES: readonly string[] = [
  'AM_APPLICATION_CREATION',
  'AM_SUBSCRIPTION_CREATION',
  'AM_USER_SIGNUP',
  'AM_APPLICATION_REGISTRATION_PRODUCTION',
  'AM_APPLICATION_REGISTRATION_SANDBOX',
  'AM_SUBSCRIPTION_DELETION',
  'AM_APPLICATION_DELETION',
  'AM_API_STATE',
];

/** The body that decides on a workflow. */
export const workflowStatus = z.object({
  status: z.enum(['APPROVED', 'REJECTED']),
  attributes: z.record(z.string(), z.string()).nullish(),
  description: z.string().nullish(),
});
