import { parse } from '@iarna/toml';
import { labError } from '../../errors/lab-error.ts';
import type { TomlTable } from '../toml/document.ts';
import { emitToml } from '../toml/emit.ts';

/**
 * The keys of a text under "toml" in the topology. The loader has checked its syntax; what is left to fail here, with
 * EXTRA_TOML_INVALID, is text that a TOML 0.5 file cannot hold, such as a list of mixed types.
 */
export const readExtraToml = (text: string, node: string): TomlTable => {
  try {
    const root: TomlTable = parse(text);
    emitToml({ root, header: [], comments: {} });
    return root;
  } catch (error) {
    throw labError(
      'EXTRA_TOML_INVALID',
      `the extra keys of ${node} do not fit into its deployment.toml`,
      {
        node,
        evidence: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
};
