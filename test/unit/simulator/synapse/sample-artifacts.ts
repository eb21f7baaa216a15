/** The API file of wire.md 6.2 with what 3.0.0's template adds: the choice by key type, and handlers. */
export type SampleApi = {
  readonly name?: string;
  readonly context?: string;
  readonly transports?: string;
  readonly resources?: readonly (readonly [methods: string, template: string])[];
  /** Properties of the authentication handler; null for an API without one. */
  readonly security?: Readonly<Record<string, string>> | null;
  readonly cors?: Readonly<Record<string, string>> | null;
  readonly production?: string | undefined;
  readonly sandbox?: string | undefined;
};

const PACKAGE = 'org.wso2.carbon.apimgt.gateway.handlers';

const handler = (name: string, properties: Readonly<Record<string, string>> | null): string => {
  if (properties === null) return '';
  const children = Object.entries(properties).map(([key, value]) => `<property name="${key}" value="${value}"/>`);
  return `<handler class="${PACKAGE}.${name}">${children.join('')}</handler>`;
};

const branch = (endpoint: string | undefined, error: string): string =>
  endpoint === undefined ? `<sequence key="${error}"/>` : `<send><endpoint key="${endpoint}"/></send>`;

export const apiXml = (api: SampleApi = {}): string => {
  const {
    name = 'admin--PizzaShackAPI:v1.0.0',
    context = '/pizzashack/1.0.0',
    transports,
    security = {},
    cors = {},
  } = api;
  const { production = 'PizzaShackAPI--v1.0.0_APIproductionEndpoint' } = api;
  const resources = (api.resources ?? [['GET', '/menu']]).map(
    ([methods, template]) => `<resource methods="${methods}" uri-template="${template}" faultSequence="fault">
      <inSequence><filter source="$ctx:AM_KEY_TYPE" regex="PRODUCTION">
        <then>${branch('production' in api ? api.production : production, '_production_key_error_')}</then>
        <else>${branch(api.sandbox, '_sandbox_key_error_')}</else>
      </filter></inSequence>
      <outSequence><send/></outSequence></resource>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><api xmlns="http://ws.apache.org/ns/synapse" name="${name}" context="${context}" version="1.0.0" version-type="context"${transports === undefined ? '' : ` transports="${transports}"`}>
    ${resources.join('\n')}
    <handlers>${handler('security.CORSRequestHandler', cors)}${handler('security.APIAuthenticationHandler', security)}</handlers>
  </api>`;
};

/** The product's default-version API: all paths again on the gateway's own port, below a version. */
export const defaultApiXml = (name: string, context: string, target: string): string =>
  `<api xmlns="http://ws.apache.org/ns/synapse" name="${name}" context="${context}">
    <resource methods="GET POST PUT DELETE PATCH HEAD OPTIONS" url-mapping="/*">
      <inSequence><filter source="$ctx:isDefault" regex="true"><then><drop/></then><else>
        <header name="WSO2_AM_API_DEFAULT_VERSION" scope="transport" value="true"/>
        <send><endpoint><http uri-template="http://localhost:{uri.var.portnum}${target}"/></endpoint></send>
      </else></filter></inSequence>
    </resource></api>`;

/** An API whose state is BLOCKED, as the Publisher writes it. */
export const blockedApiXml = (): string =>
  apiXml().replace(
    /<inSequence>.*?<\/inSequence>/s,
    '<inSequence><property name="ERROR_CODE" value="700700"/></inSequence>',
  );

export const endpointXml = (name: string, url: string, settings = ''): string =>
  `<endpoint xmlns="http://ws.apache.org/ns/synapse" name="${name}"><http uri-template="${url}">${settings}</http></endpoint>`;

export const PRODUCTION = 'PizzaShackAPI--v1.0.0_APIproductionEndpoint';
