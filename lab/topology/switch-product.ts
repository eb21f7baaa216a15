import { labError } from '../errors/lab-error.ts';
import { isVersion, releaseInTag } from '../product/image-version.ts';
import { VERSIONS } from '../product/versions.ts';
import { type Topology, topologySchema } from './schema.ts';

/**
 * The same lab with one image on all of its nodes. The release in the image's tag becomes the lab's version; a tag without
 * one leaves it. Throws USAGE for what is no image reference, PRODUCT_VERSION for a release that the lab does not know.
 */
export const switchProduct = (topology: Topology, product: string): Topology => {
  const image = topologySchema.shape.image.safeParse(product);
  if (!image.success) throw labError('USAGE', `--product ${product}: ${image.error.issues[0]?.message ?? 'no image'}`);
  const release = releaseInTag(product) ?? topology.version;
  if (!isVersion(release)) {
    throw labError('PRODUCT_VERSION', `the image ${product} is ${release} by its tag`, {
      hint: `the lab knows ${VERSIONS.join(', ')}`,
    });
  }
  const nodes = topology.nodes.map(({ image: _replaced, ...node }) => node);
  return { ...topology, version: release, image: image.data, nodes };
};
