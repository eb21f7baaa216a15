import { escapeXml } from '../../carbon/soap/envelope.ts';
import { type Api, fullContext } from '../model/api.ts';
import { apiName, defaultApiName, endpointName, type KeyType } from './artifact-names.ts';
import { endpointUrls } from './endpoint-urls.ts';
import { renderHandlers } from './render-handlers.ts';
import { SYNAPSE } from './synapse.ts';

/** The synapse API of one version: a resource for each URI template, handlers last (wire.md 6.2). */
export const renderApi = (api: Api): string => {
  const inSequence = renderInSequence(api);
  const resources = verbsByTemplate(api).map(
    ([template, verbs]) =>
      `<resource methods="${verbs.join(' ')}" uri-template="${escapeXml(template)}" faultSequence="fault">${inSequence}<outSequence><send/></outSequence></resource>`,
  );
  return openTag(api, apiName(api), fullContext(api)) + resources.join('') + renderHandlers(api) + '</api>';
};

/** Every gateway's plain listener; what `http.nio.port` of the product's template is there is not known here. */
const GATEWAY_HTTP_PORT = 8280;

/** The default version: at the context without a version it calls the version's own one on the gateway itself (wire.md 3.1). */
export const renderDefaultApi = (api: Api): string => {
  const url = `http://localhost:${GATEWAY_HTTP_PORT}${fullContext(api)}`;
  const methods = [...new Set(api.operations.map(({ verb }) => verb)), 'OPTIONS'];
  return [
    openTag(api, defaultApiName(api), contextWithoutVersion(api)),
    `<resource methods="${[...new Set(methods)].join(' ')}" uri-template="/*" faultSequence="fault"><inSequence>`,
    '<header name="WSO2_AM_API_DEFAULT_VERSION" scope="transport" value="true"/>',
    `<send><endpoint><http uri-template="${escapeXml(url)}"/></endpoint></send>`,
    '</inSequence><outSequence><send/></outSequence></resource></api>',
  ].join('');
};

/** Context of the default version: what is left of the template when its version goes. */
const contextWithoutVersion = ({ context }: Api): string =>
  context.replaceAll('/{version}', '').replaceAll('{version}', '') || '/';

const openTag = (api: Api, name: string, context: string): string => {
  const version = name === apiName(api) ? ` version="${escapeXml(api.version)}" version-type="context"` : '';
  const transports = api.transport.length === 0 ? 'http https' : api.transport.join(' ');
  return `<api xmlns="${SYNAPSE}" name="${escapeXml(name)}" context="${escapeXml(context)}"${version} transports="${transports}">`;
};

const verbsByTemplate = ({ operations }: Api): readonly (readonly [string, readonly string[]])[] => {
  const verbs = new Map<string, string[]>();
  for (const { target, verb } of operations) verbs.set(target, [...(verbs.get(target) ?? []), verb]);
  return [...verbs];
};

/** What an API in state BLOCKED answers, whoever calls (wire.md 3.5). */
const BLOCKED =
  '<property name="ERROR_CODE" value="700700"/><property name="ERROR_MESSAGE" value="API blocked"/><property name="CUSTOM_HTTP_SC" value="503"/><sequence key="fault"/>';

/** Production keys to the production end point, all others to the sandbox one, where the API has both. */
const renderInSequence = (api: Api): string => {
  if (api.status === 'BLOCKED') return `<inSequence>${BLOCKED}</inSequence>`;
  const urls = endpointUrls(api);
  const send = (keyType: KeyType): string =>
    urls[keyType] === undefined
      ? `<sequence key="_${keyType}_key_error_"/>`
      : `<send><endpoint key="${escapeXml(endpointName(api, keyType))}"/></send>`;
  return `<inSequence><filter source="$ctx:AM_KEY_TYPE" regex="PRODUCTION"><then>${send('production')}</then><else>${send('sandbox')}</else></filter></inSequence>`;
};
