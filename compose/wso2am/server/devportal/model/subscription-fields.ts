import { z } from 'zod';

/** What a client says about a subscription (wire.md 7.2, step 7). */
export const subscriptionFields = z.object({
  apiId: z.string().min(1).max(256),
  applicationId: z.string().min(1).max(256),
  throttlingPolicy: z.string().min(1).max(50),
});
