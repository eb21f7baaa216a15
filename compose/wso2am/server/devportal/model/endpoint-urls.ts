import { type Api, contextTemplate, fullContext } from '../../publisher/model/api.ts';
import type { DevportalContext } from '../context.ts';

type Environment = DevportalContext['environments'][number];

/** Where an API can be called, gateway by gateway. */
export const endpointUrlBodies = (environments: readonly Environment[], api: Api): readonly object[] =>
  gatewaysOf(environments, api).map((environment) => ({
    environmentName: environment.name,
    environmentType: environment.type,
    URLs: urlsWith(environment, api.transport, fullContext(api)),
    defaultVersionURLs: urlsWith(environment, api.isDefaultVersion ? api.transport : [], unversionedContext(api)),
  }));

/** `https` first: what a definition names as its servers. */
export const serverUrls = (environments: readonly Environment[], api: Api): readonly string[] =>
  gatewaysOf(environments, api).flatMap((environment) => {
    const { https, http } = urlsWith(environment, api.transport, fullContext(api));
    return [https, http].filter((url) => url !== null);
  });

const gatewaysOf = (environments: readonly Environment[], api: Api): readonly Environment[] =>
  environments.filter(({ name }) => api.gatewayEnvironments.includes(name));

const urlsWith = (
  { gatewayEndpoint, webSocketEndpoint }: Environment,
  transport: readonly string[],
  context: string,
) => {
  const bases = [gatewayEndpoint, webSocketEndpoint].flatMap((urls) => urls.split(','));
  const url = (scheme: string): string | null => {
    const base = bases.find((each) => each.startsWith(`${scheme}://`));
    return base !== undefined && transport.includes(scheme) ? base.replace(/\/$/, '') + context : null;
  };
  return { http: url('http'), https: url('https'), ws: url('ws'), wss: url('wss') };
};

const unversionedContext = ({ context }: Api): string => contextTemplate(context).replace('/{version}', '');
