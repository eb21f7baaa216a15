import { z } from 'zod';
import { LABELS } from '../render/compose/labels.ts';
import type { Docker } from './docker.ts';

/** Health as the lab shows it: containers of the lab all have a health check. */
export type Health = 'starting' | 'healthy' | 'unhealthy' | 'none';

/** A container of a lab as it stands; everything is read from Docker. */
export type ObservedContainer = {
  readonly id: string;
  /** Node or part: `km-1`, `mysql`; also the Compose service. */
  readonly name: string;
  readonly lab: string;
  readonly role: string;
  readonly version: string;
  readonly slot: number;
  readonly configuration: string;
  readonly image: string;
  /** `created`, `running`, `paused`, `restarting`, `exited`, `dead`. */
  readonly state: string;
  readonly health: Health;
  /** Lab directory, where Compose found the project. */
  readonly directory: string;
};

const containerSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  State: z.string(),
  Status: z.string(),
  Labels: z.record(z.string(), z.string()),
});

/** Label that Compose itself writes on containers. */
const COMPOSE_DIRECTORY = 'com.docker.compose.project.working_dir';

/** All containers of one lab, or of every lab. */
export const observeContainers = async (docker: Docker, lab?: string): Promise<readonly ObservedContainer[]> => {
  const label = lab === undefined ? LABELS.lab : `${LABELS.lab}=${lab}`;
  const listed = await docker.listContainers({ all: true, filters: { label: [label] } });
  return z.array(containerSchema).parse(listed).map(toObserved).sort(byName);
};

const toObserved = ({ Id, Image, State, Status, Labels }: z.output<typeof containerSchema>): ObservedContainer => ({
  id: Id,
  name: Labels[LABELS.node] ?? '',
  lab: Labels[LABELS.lab] ?? '',
  role: Labels[LABELS.role] ?? '',
  version: Labels[LABELS.version] ?? '',
  slot: Number(Labels[LABELS.slot]),
  configuration: Labels[LABELS.configuration] ?? '',
  image: Image,
  state: State,
  health: healthOf(State, Status),
  directory: Labels[COMPOSE_DIRECTORY] ?? '',
});

/** The list answer tells health only inside its text: `Up 2 seconds (health: starting)`. */
const healthOf = (state: string, status: string): Health => {
  if (state !== 'running') return 'none';
  if (status.includes('(healthy)')) return 'healthy';
  if (status.includes('(unhealthy)')) return 'unhealthy';
  return status.includes('(health: starting)') ? 'starting' : 'none';
};

const byName = (a: ObservedContainer, b: ObservedContainer) => a.name.localeCompare(b.name, 'en', { numeric: true });
