import { z } from 'zod';
import { type Docker, dockerStatus } from './docker.ts';

const statsSchema = z.object({
  memory_stats: z.object({
    usage: z.number().optional(),
    /** cgroup v1 and v2 name the reclaimable page cache differently. */
    stats: z.object({ total_inactive_file: z.number().optional(), inactive_file: z.number().optional() }).optional(),
  }),
});

/**
 * Bytes of memory a running container uses, without the page cache it could give back; as `docker stats` counts.
 * Undefined for one that ended or was removed meanwhile.
 */
export const memoryUse = async (docker: Docker, id: string): Promise<number | undefined> => {
  const container = docker.getContainer(id);
  const stats = await container.stats({ stream: false, 'one-shot': true }).catch((error: unknown) => {
    if (dockerStatus(error) === 404) return { memory_stats: {} };
    throw error;
  });
  const { usage, stats: detail } = statsSchema.parse(stats).memory_stats;
  if (usage === undefined) return undefined;
  return usage - (detail?.total_inactive_file ?? detail?.inactive_file ?? 0);
};
