import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { LabImages } from '../plan/plan.ts';
import type { Version } from '../product/versions.ts';
import { filesBelow } from './files-below.ts';

/** Sources of the simulator and of the back end: images hold their bundle, `dist/server.cjs`, instead (.dockerignore). */
const BUNDLED = `server${sep}`;

/**
 * References of the lab's own images. The tag carries a hash of the folder under `compose/` that the image is built from,
 * so that a changed source is another image. `root` is the directory of this package, whose bundles are fresh.
 */
export const labImages = async (root: string): Promise<LabImages> => {
  const tag = (folder: string) => hashFolder(join(root, 'compose', folder));
  const [wso2am, mysql, nginx, nfs, backend] = await Promise.all([
    tag('wso2am'),
    tag('mysql'),
    tag('nginx'),
    tag('nfs'),
    tag('backend'),
  ]);
  const simulator = (version: Version) => `apim-lab/wso2am:${version}-${wso2am}`;
  return {
    wso2am: { '3.0.0': simulator('3.0.0'), '3.1.0': simulator('3.1.0'), '3.2.0': simulator('3.2.0') },
    mysql: `apim-lab/mysql:${mysql}`,
    nginx: `apim-lab/nginx:${nginx}`,
    nfs: `apim-lab/nfs:${nfs}`,
    backend: `apim-lab/backend:${backend}`,
  };
};

/** The first 12 digits of a SHA-256 over the names and contents of a folder's files. */
const hashFolder = async (folder: string): Promise<string> => {
  const hash = createHash('sha256');
  for (const path of await filesBelow(folder)) {
    if (path.startsWith(BUNDLED)) continue;
    // Lengths keep a name apart from the content after it.
    const content = await readFile(join(folder, path));
    hash.update(`${path}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
};
