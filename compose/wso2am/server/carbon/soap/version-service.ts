import { VERSION_FACTS, type Version } from '../../../../../lab/product/versions.ts';
import { soapAnswer } from './envelope.ts';
import type { SoapService } from './soap-service.ts';

/** What `/services/Version` says, by GET without an envelope (wire.md 9.1): the health check of every profile. */
export const versionResponse = (version: Version): string =>
  `<ns:getVersionResponse xmlns:ns="http://version.services.core.carbon.wso2.org"><return>${VERSION_FACTS[version].serverName}</return></ns:getVersionResponse>`;

export const versionService = (version: Version): SoapService => ({
  name: 'Version',
  open: true,
  handle: async (request) =>
    request.operation === 'getVersion' ? soapAnswer(request.version, versionResponse(version)) : undefined,
});
