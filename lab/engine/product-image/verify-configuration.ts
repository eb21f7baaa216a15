import { labError } from '../../errors/lab-error.ts';
import type { Plan, PlannedNode } from '../../plan/plan.ts';
import { HOME_PATHS, productHome } from '../../product/image.ts';
import type { ProjectFiles } from '../../render/compose/configuration-hash.ts';
import { nodeDirectory } from '../../render/paths.ts';
import { runDocker } from '../docker-command.ts';

/**
 * Makes sure that a product node in a container runs on the `deployment.toml` that the lab made for it. On any other one it
 * comes up as well: alone, with databases of its own. Fails with CONFIGURATION_UNUSED.
 */
export const verifyConfiguration = async (
  node: PlannedNode,
  container: string,
  { plan, files, signal }: { plan: Plan; files: ProjectFiles; signal: AbortSignal },
): Promise<void> => {
  const path = `${productHome(plan.version)}/${HOME_PATHS.deploymentToml}`;
  const { code, stdout, stderr } = await runDocker(['exec', container, 'cat', path], { signal });
  const wanted = String(files.get(`${nodeDirectory(node.name)}/${HOME_PATHS.deploymentToml}`));
  if (code === 0 && stdout === wanted) return;
  throw labError('CONFIGURATION_UNUSED', `${node.name} runs on another deployment.toml than the lab made for it`, {
    node: node.name,
    evidence: code === 0 ? difference(wanted, stdout) : stderr,
  });
};

/** The first key that differs; comments tell nothing. */
const difference = (wanted: string, found: string): string => {
  const [ours, theirs] = [keyLines(wanted), keyLines(found)];
  const at = ours.findIndex((line, index) => line !== theirs[index]);
  const [our, their] = at < 0 ? [undefined, theirs[ours.length]] : [ours[at], theirs[at]];
  return `it says ${their ?? 'nothing'} where the lab's says ${our ?? 'nothing'}`;
};

const keyLines = (toml: string): readonly string[] =>
  toml.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
