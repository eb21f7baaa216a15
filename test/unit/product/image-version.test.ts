import { describe, expect, it } from 'vitest';
import { releaseInTag } from '../../../lab/product/image-version.ts';

describe('the release of the product in an image, by its tag', () => {
  it.each([
    ['wso2/wso2am:3.2.0', '3.2.0'],
    ['docker.wso2.com/wso2am:3.0.0', '3.0.0'],
    ['registry.bank.test:5000/apim/wso2am:3.1.0-ubuntu@sha256:00', '3.1.0'],
    ['bank/gateway:v3.2.0.17', '3.2.0'],
    ['wso2/wso2am:4.1.0', '4.1.0'],
  ])('%s is %s', (image, release) => {
    expect(releaseInTag(image)).toBe(release);
  });

  it.each(['wso2/wso2am', 'wso2/wso2am:latest', 'registry.test:3000/wso2am', '10.3.2.0:5000/wso2am', 'simulator'])(
    '%s tells none',
    (image) => {
      expect(releaseInTag(image)).toBeUndefined();
    },
  );

  it.each(['bank/apim:1.4.2', 'bank/apim:2024.10.1', 'registry.test:5000/bank/apim-gateway:4.1.0'])(
    "%s counts releases of somebody's own",
    (image) => {
      expect(releaseInTag(image)).toBeUndefined();
    },
  );
});
