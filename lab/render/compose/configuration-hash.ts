import { createHash } from 'node:crypto';
import type { Service } from './service.ts';

/** Rendered files by path relative to the lab directory. */
export type ProjectFiles = ReadonlyMap<string, string | Buffer>;

/**
 * Hash of a service and of every rendered file mounted into it. Compose compares services only, so without it a changed
 * `deployment.toml` would leave its node running with the old one.
 */
export const configurationHash = (service: Service, files: ProjectFiles): string => {
  const hash = createHash('sha256').update(JSON.stringify(service));
  for (const mounted of mountedPaths(service)) {
    for (const [path, content] of [...files].sort(byPath)) {
      if (path === mounted || path.startsWith(`${mounted}/`)) hash.update(`\0${path}\0`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 16);
};

const mountedPaths = ({ volumes = [] }: Service): readonly string[] =>
  volumes.filter((volume) => volume.startsWith('./')).map((volume) => volume.slice(2).split(':')[0] ?? '');

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
