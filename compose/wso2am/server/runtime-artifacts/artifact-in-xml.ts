import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { childNamed, childrenNamed, type XmlElement } from '../synapse/xml-element.ts';
import type { RuntimeArtifact } from './runtime-artifact.ts';

/**
 * `GatewayAPIDTO` as the Publisher of 3.2.0 sends it to `APIGatewayAdmin` (wire.md 6.1): an element for each field, repeated for each
 * entry of a list, nil or absent where it is empty.
 */
export const artifactInXml = (dto: XmlElement | undefined): RuntimeArtifact => {
  const text = (name: string): string => childNamed(dto, name)?.text ?? '';
  const names = (field: string): string[] =>
    childrenNamed(dto, field).flatMap((entry) => (entry.text === '' ? [] : [entry.text]));
  const contents = (field: string): { name: string; content: string }[] =>
    childrenNamed(dto, field).flatMap((entry) => {
      const content = childNamed(entry, 'content')?.text;
      return content === undefined ? [] : [{ name: childNamed(entry, 'name')?.text ?? '', content }];
    });
  return {
    name: text('name'),
    version: text('version'),
    provider: text('provider'),
    tenantDomain: text('tenantDomain') || SUPER_TENANT_DOMAIN,
    apiId: text('apiId'),
    apiDefinition: text('apiDefinition'),
    defaultAPIDefinition: text('defaultAPIDefinition'),
    sequenceToBeAdd: contents('sequenceToBeAdd'),
    sequencesToBeRemove: names('sequencesToBeRemove'),
    localEntriesToBeAdd: contents('localEntriesToBeAdd'),
    localEntriesToBeRemove: names('localEntriesToBeRemove'),
    endpointEntriesToBeAdd: contents('endpointEntriesToBeAdd'),
    endpointEntriesToBeRemove: names('endpointEntriesToBeRemove'),
  };
};
