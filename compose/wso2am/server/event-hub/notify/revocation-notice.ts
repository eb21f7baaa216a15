import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';

/** `type` of the event; the handler of the product looks for it anywhere in the text. */
export const TOKEN_REVOCATION = 'token_revocation';

/** What a Key Manager says of a token that it revoked (wire.md 4.3); the fields that nobody reads are left out. */
export const revocationNotice = z.object({
  eventId: z.string().min(1).max(255),
  accessToken: z.string().min(1),
  /** Epoch milliseconds. */
  expiryTime: z.int().default(0),
  tokenType: z.string().nullish(),
  tenantId: z.int().default(SUPER_TENANT_ID),
});

export type RevocationNotice = z.infer<typeof revocationNotice>;
