import type { TomlTable } from '../toml/document.ts';

/** The super admin in an ordinary table: the mapper resolves the reference when it renders (configuration.md 4.3). */
export const REFERENCED_ADMIN: TomlTable = {
  username: '$ref{super_admin.username}',
  password: '$ref{super_admin.password}',
};

/** The super admin inside an array of tables, where the mapper resolves nothing: Carbon does at run time (configuration.md 4.3). */
export const SUBSTITUTED_ADMIN: TomlTable = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the product's placeholder
  username: '${admin.username}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the product's placeholder
  password: '${admin.password}',
};
