import { basename, resolve } from 'node:path';
import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import { StartFailure } from './start-failure.ts';

export type ProductHome = { readonly path: string; readonly version: Version };

/**
 * The product home and, from its name `wso2am-<version>`, the version to behave like.
 * @param carbonHome the environment's CARBON_HOME; without it the working directory is the home
 * @throws StartFailure
 */
export const productHomeOf = (carbonHome: string | undefined, workingDirectory: string): ProductHome => {
  const path = resolve(carbonHome || workingDirectory);
  const version = VERSIONS.find((each) => basename(path) === `wso2am-${each}`);
  if (version) return { path, version };
  throw new StartFailure(
    'org.wso2.carbon.server.Main',
    `${path} is no product home: its name must be one of ${VERSIONS.map((each) => `wso2am-${each}`).join(', ')}`,
  );
};
