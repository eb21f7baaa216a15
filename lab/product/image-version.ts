import { VERSIONS, type Version } from './versions.ts';

/** A release in a tag: three numbers, as in `3.2.0`, `3.2.0-alpine` or, with an update level, `3.2.0.12`. */
const RELEASE = /(?<![\d.])\d+\.\d+\.\d+(?!\d)/;

/** The release that an image reference names in its tag: `3.2.0` of `wso2/wso2am:3.2.0`; undefined without one. */
export const releaseInTag = (image: string): string | undefined => {
  const tag = /:([\w.-]+)(@.*)?$/.exec(image)?.[1];
  return tag === undefined ? undefined : RELEASE.exec(tag)?.[0];
};

/** Whether the lab knows a release. */
export const isVersion = (release: string): release is Version => VERSIONS.some((version) => version === release);
