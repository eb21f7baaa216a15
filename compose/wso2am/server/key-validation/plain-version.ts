/** Before the version in a question about the default version (wire.md 2.1). */
export const DEFAULT_VERSION_PREFIX = '_default_';

/** The version that a question is about. */
export const plainVersion = (version: string): string =>
  version.startsWith(DEFAULT_VERSION_PREFIX) ? version.slice(DEFAULT_VERSION_PREFIX.length) : version;
