import { VERSIONS, type Version } from './versions.ts';

/** A release in a tag: three numbers, as in `3.2.0`, `3.2.0-alpine` or, with an update level, `3.2.0.12`. */
const RELEASE = /(?<![\d.])\d+\.\d+\.\d+(?!\d)/;

/** Name of the product's repository, at whatever registry and below whatever path. */
const PRODUCT_REPOSITORY = 'wso2am';

/**
 * The release of the product that an image reference names: `3.2.0` of `wso2/wso2am:3.2.0`; undefined without one. The tag of
 * somebody's own image may count their own releases: only one that is a release of the product counts there.
 */
export const releaseInTag = (image: string): string | undefined => {
  const [, repository, tag] = /([^/:]+):([\w.-]+)(?:@.*)?$/.exec(image) ?? [];
  const release = tag === undefined ? undefined : RELEASE.exec(tag)?.[0];
  return release !== undefined && (repository === PRODUCT_REPOSITORY || isVersion(release)) ? release : undefined;
};

/** Whether the lab knows a release. */
export const isVersion = (release: string): release is Version => VERSIONS.some((version) => version === release);
