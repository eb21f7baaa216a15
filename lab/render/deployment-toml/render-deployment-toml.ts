import type { Plan, PlannedNode } from '../../plan/plan.ts';
import { ROLE_FACTS } from '../../product/roles.ts';
import type { TomlTable } from '../toml/document.ts';
import { emitToml } from '../toml/emit.ts';
import { mergeTables } from '../toml/merge.ts';
import type { Block, BlockRenderer } from './block.ts';
import { renderDatabases } from './databases.ts';
import { readExtraToml } from './extra-toml.ts';
import { renderKeyStores } from './keystores.ts';
import { roleBlocksOf } from './role-blocks.ts';
import { renderServer, renderUsers } from './server.ts';

/** Blocks of every node, in the order of the file. */
const COMMON: readonly BlockRenderer[] = [renderServer, renderUsers, renderDatabases, renderKeyStores];

/**
 * The `deployment.toml` of a node: the blocks its role needs in the plan's version, with the topology's extra keys laid
 * over them. Fails with EXTRA_TOML_INVALID when those do not fit.
 */
export const renderDeploymentToml = (plan: Plan, node: PlannedNode): string => {
  const blocks = [...COMMON, ...roleBlocksOf(node.role, plan.version)].flatMap((render) => render(plan, node));
  const extras = node.extraToml.map((text) => readExtraToml(text, node.name));
  return emitToml({
    header: [
      `${node.name}: ${ROLE_FACTS[node.role].title} of the lab "${plan.lab}", WSO2 API Manager ${plan.version}.`,
      'Rendered by apim-lab from the topology file: change that, not this.',
    ],
    comments: Object.fromEntries(blocks.map(({ path, comment }) => [path, comment])),
    root: [...blocks.map(tableOf), ...extras].reduce(mergeTables, {}),
  });
};

const tableOf = ({ path, content }: Block): TomlTable => nest(path.split('.'), content);

/** A table inside those that lead to it. */
const nest = ([key = '', ...rest]: readonly string[], content: Block['content']): TomlTable => ({
  [key]: rest.length > 0 ? nest(rest, content) : content,
});
