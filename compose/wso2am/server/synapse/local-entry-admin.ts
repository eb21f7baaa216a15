import { escapeXml, type SoapRequest, soapAnswer, soapFault } from '../carbon/soap/envelope.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import type { ServiceInterface } from '../carbon/soap/wsdl/service-interface.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { ArtifactError } from './artifact-error.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { writeLocalEntry } from './local-entry.ts';

const NAMESPACE = 'http://service.gateway.apimgt.carbon.wso2.org';

const INTERFACE: ServiceInterface = {
  namespace: NAMESPACE,
  operations: {
    addLocalEntry: { takes: 'content tenantDomain', gives: 'return:boolean' },
    deleteLocalEntry: { takes: 'key tenantDomain', gives: 'return:boolean' },
    getEntry: { takes: 'key tenantDomain', gives: 'return' },
  },
};

/** `APILocalEntryAdmin` (wire.md 6.1): the OpenAPI definitions of APIs, as `<localEntry key="uuid">text</localEntry>`. */
export const localEntryAdmin = (
  { localEntries }: ArtifactStore,
  onNotSimulated: (what: string) => void,
): SoapService => {
  const run = async (request: SoapRequest): Promise<string | undefined> => {
    const key = request.argument('key') ?? '';
    switch (request.operation) {
      case 'addLocalEntry':
        await localEntries.deploy(request.argument('content') ?? '');
        return 'true';
      case 'deleteLocalEntry':
        return String(await localEntries.remove(key));
      case 'getEntry': {
        const entry = localEntries.find(key);
        return entry ? escapeXml(writeLocalEntry(entry)) : '';
      }
      default:
        return undefined;
    }
  };
  return {
    name: 'APILocalEntryAdmin',
    open: false,
    interface: INTERFACE,
    handle: async (request) => {
      const tenant = request.argument('tenantDomain') || SUPER_TENANT_DOMAIN;
      if (tenant !== SUPER_TENANT_DOMAIN) {
        onNotSimulated('APILocalEntryAdmin of other tenants');
        return soapFault(request.version, 'The simulator does not simulate other tenants', 501);
      }
      try {
        const result = await run(request);
        if (result === undefined) return undefined;
        const element = `${request.operation}Response`;
        return soapAnswer(
          request.version,
          `<ns:${element} xmlns:ns="${NAMESPACE}"><ns:return>${result}</ns:return></ns:${element}>`,
        );
      } catch (cause) {
        if (cause instanceof ArtifactError) return soapFault(request.version, cause.message);
        throw cause;
      }
    },
  };
};
