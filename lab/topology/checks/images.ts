import { isVersion, releaseInTag } from '../../product/image-version.ts';
import { VERSIONS } from '../../product/versions.ts';
import { type Check, nodePath } from '../draft.ts';
import type { Finding, Path } from '../finding.ts';

/** Images whose tag names another release than `version`: their nodes would find configuration of that one. */
export const checkImages: Check = (draft) => {
  const { topology } = draft;
  const misfit = (image: string | undefined, path: Path): readonly Finding[] => {
    const release = image === undefined ? undefined : releaseInTag(image);
    if (image === undefined || release === undefined || release === topology.version) return [];
    const hint = isVersion(release)
      ? `write "version: ${release}", or take an image of ${topology.version}`
      : `the lab knows ${VERSIONS.join(', ')}`;
    return [
      {
        code: 'PRODUCT_VERSION',
        path,
        sentence: `the image ${image} is ${release} by its tag, the lab ${topology.version}`,
        hint,
      },
    ];
  };
  return [
    ...misfit(topology.image, ['image']),
    ...topology.nodes.flatMap(({ image }, index) => misfit(image, nodePath(draft, index, 'image'))),
  ];
};
