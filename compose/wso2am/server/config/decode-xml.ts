import { ConfigurationError } from './configuration-error.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * What a value means after the trip through the product's XML files, into which it is copied as it stands: `&` must be
 * written `&amp;` and `<` as `&lt;` (configuration.md 4.3). Throws where the XML would not be well-formed. The message
 * leaves the value out: it may be a password.
 */
export const decodeXml = (value: string): string =>
  value.replace(/&(\w+);|[&<]/g, (found, name?: string) => {
    const character = ENTITIES.get(name ?? '');
    if (character === undefined) {
      throw new ConfigurationError(
        `A value contains "${found}" as it is; in deployment.toml write &amp; for & and &lt; for <`,
      );
    }
    return character;
  });
