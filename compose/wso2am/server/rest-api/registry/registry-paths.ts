/** Where API Manager keeps its data in the governance registry. */
const APPLICATION_DATA = '/_system/governance/apimgt/applicationdata';

export type ApiIdentity = { readonly provider: string; readonly name: string; readonly version: string };

/** Collection of one API: its artifact `api`, its definition `swagger.json`, and its documents. */
export const apiCollection = ({ provider, name, version }: ApiIdentity): string =>
  `${APPLICATION_DATA}/provider/${provider}/${name}/${version}`;

export const apiArtifact = (api: ApiIdentity): string => `${apiCollection(api)}/api`;

export const apiDefinition = (api: ApiIdentity): string => `${apiCollection(api)}/swagger.json`;

/** Documents of an API, by their ids. */
export const apiDocumentation = (api: ApiIdentity): string => `${apiCollection(api)}/documentation`;

/** What documents hold that are no links, by their ids. */
export const apiDocumentContents = (api: ApiIdentity): string => `${apiDocumentation(api)}/contents`;

/** Collection whose resource `icon` is the thumbnail of an API. */
export const apiIcon = ({ provider, name, version }: ApiIdentity): string =>
  `${APPLICATION_DATA}/icons/${provider}/${name}/${version}`;
