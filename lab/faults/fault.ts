import { z } from 'zod';

/** Ways of taking a container away: killed it is gone, paused it accepts and never answers, cut off it cannot be reached. */
export const WAYS = ['kill', 'pause', 'cut'] as const;
export type Way = (typeof WAYS)[number];

/** Where a container is attached; Docker forgets address and aliases of one that it detaches. */
const attachmentSchema = z.object({ network: z.string(), address: z.string(), aliases: z.array(z.string()) });
export type Attachment = z.output<typeof attachmentSchema>;

export const faultSchema = z.object({
  /** Node or part: `gw-1`, `mysql`. */
  node: z.string(),
  way: z.enum(WAYS),
  /** When it was written down, ISO 8601. */
  since: z.string(),
  /** What a cut takes away: every network that the container is in. */
  attachments: z.array(attachmentSchema).optional(),
});

/** One container of a lab taken away on purpose. */
export type Fault = z.output<typeof faultSchema>;
