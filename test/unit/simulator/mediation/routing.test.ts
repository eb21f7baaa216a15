import { describe, expect, it } from 'vitest';
import { routing } from '../../../../compose/wso2am/server/mediation/routing.ts';
import { createArtifactStore } from '../../../../compose/wso2am/server/synapse/artifact-store.ts';
import { temporaryHome } from '../carbon/temporary-home.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';

/** Routes among APIs with these contexts, named after them. */
const routesAmong = async (...contexts: readonly string[]) => {
  const artifacts = createArtifactStore(temporaryHome(), recordedLog().log);
  for (const context of contexts) await artifacts.apis.deploy(apiXml({ name: `api of ${context}`, context }));
  const route = routing(artifacts);
  return (path: string) => {
    const found = route(path);
    return found && [found.api.context, found.rest];
  };
};

describe('the API of a path', () => {
  it.each([
    ['/a/1', '/a/1', '/'],
    ['/a/1/', '/a/1', '/'],
    ['/a/1/x/y', '/a/1', '/x/y'],
    ['/a/1/b', '/a/1/b', '/'],
    ['/a/1/bc', '/a/1', '/bc'],
    ['/a/1/b/c', '/a/1/b', '/c'],
    ['/a//1', '/', '/a//1'],
    ['/a/12', '/', '/a/12'],
    ['/', '/', '/'],
    ['*', '/', '*'],
  ])('%s is that of %s, and the rest %s', async (path, context, rest) => {
    const route = await routesAmong('/a/1', '/', '/a/1/b');

    expect(route(path)).toEqual([context, rest]);
  });

  it.each(['/', '/a', '/a/12', '/b/a/1', '*', ''])('%s is none where no context begins it', async (path) => {
    expect((await routesAmong('/a/1'))(path)).toBeUndefined();
  });
});
