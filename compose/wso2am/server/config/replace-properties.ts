/** System properties of a running node (configuration.md 3.4). */
export type Properties = ReadonlyMap<string, string>;

/**
 * Replaces `${name}` as Carbon and API Manager do at run time. An unknown name stays in the text literally, and whatever
 * uses the text then fails over it (configuration.md 4.3).
 */
export const replaceProperties = (text: string, properties: Properties): string =>
  text.replace(/\$\{([^}]*)\}/g, (placeholder, name: string) => properties.get(name) ?? placeholder);
