import { escapeXml } from '../envelope.ts';
import { type Part, partsOf, type ServiceInterface } from './service-interface.ts';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
const XSD = 'http://www.w3.org/2001/XMLSchema';
const HTTP = 'http://schemas.xmlsoap.org/soap/http';

/** Bindings as Axis2 names them, and the namespace of each one's elements. */
const BINDINGS = [
  { suffix: 'Soap11', port: 'HttpsSoap11Endpoint', prefix: 'soap', namespace: 'http://schemas.xmlsoap.org/wsdl/soap/' },
  {
    suffix: 'Soap12',
    port: 'HttpsSoap12Endpoint',
    prefix: 'soap12',
    namespace: 'http://schemas.xmlsoap.org/wsdl/soap12/',
  },
] as const;

type Binding = (typeof BINDINGS)[number];

/** The WSDL 1.1 of a service: document style, wrapped, over SOAP 1.1 and 1.2. @param address URL of the service */
export const renderWsdl = (name: string, service: ServiceInterface, address: string): string => {
  const operations = Object.entries(service.operations);
  const prefixes = prefixesOf(service.types ?? {});
  const declared = [
    ...BINDINGS.map(({ prefix, namespace }) => `xmlns:${prefix}="${namespace}"`),
    // Here and not at the schemas, where some clients do not look for them.
    ...Object.entries(service.types ?? {}).map(([type, { namespace }]) => `xmlns:${prefixes.get(type)}="${namespace}"`),
  ].join(' ');
  return [
    `<?xml version="1.0" encoding="UTF-8"?><wsdl:definitions xmlns:wsdl="${WSDL}" xmlns:xs="${XSD}" ${declared} xmlns:tns="${service.namespace}" targetNamespace="${service.namespace}">`,
    `<wsdl:types>${schemas(service)}</wsdl:types>`,
    ...operations.flatMap(([operation, { gives }]) => [
      message(`${operation}Request`, operation),
      ...(gives === undefined ? [] : [message(`${operation}Response`, `${operation}Response`)]),
    ]),
    `<wsdl:portType name="${name}PortType">`,
    ...operations.map(
      ([operation, { gives }]) =>
        `<wsdl:operation name="${operation}"><wsdl:input message="tns:${operation}Request"/>${gives === undefined ? '' : `<wsdl:output message="tns:${operation}Response"/>`}</wsdl:operation>`,
    ),
    '</wsdl:portType>',
    ...BINDINGS.map((binding) => renderBinding(name, service, binding)),
    `<wsdl:service name="${name}">`,
    ...BINDINGS.map(
      ({ suffix, port, prefix }) =>
        `<wsdl:port name="${name}${port}" binding="tns:${name}${suffix}Binding"><${prefix}:address location="${escapeXml(address)}.${name}${port}"/></wsdl:port>`,
    ),
    '</wsdl:service></wsdl:definitions>',
  ].join('');
};

const prefixesOf = (types: object): ReadonlyMap<string, string> =>
  new Map(Object.keys(types).map((type, index) => [type, `t${index}`]));

const message = (name: string, element: string): string =>
  `<wsdl:message name="${name}"><wsdl:part name="parameters" element="tns:${element}"/></wsdl:message>`;

const renderBinding = (name: string, { operations }: ServiceInterface, { suffix, prefix }: Binding): string => {
  const body = `<${prefix}:body use="literal"/>`;
  const rendered = Object.entries(operations).map(
    ([operation, { gives }]) =>
      `<wsdl:operation name="${operation}"><${prefix}:operation soapAction="urn:${operation}" style="document"/><wsdl:input>${body}</wsdl:input>${gives === undefined ? '' : `<wsdl:output>${body}</wsdl:output>`}</wsdl:operation>`,
  );
  return `<wsdl:binding name="${name}${suffix}Binding" type="tns:${name}PortType"><${prefix}:binding transport="${HTTP}" style="document"/>${rendered.join('')}</wsdl:binding>`;
};

/** One schema for the wrappers of the operations, and one for each type, in namespaces of their own. */
const schemas = ({ namespace, operations, types = {} }: ServiceInterface): string => {
  const prefixes = prefixesOf(types);
  const schema = (target: string, content: string): string =>
    `<xs:schema targetNamespace="${target}" elementFormDefault="qualified" attributeFormDefault="qualified">${content}</xs:schema>`;
  const sequence = (parts: readonly Part[]): string =>
    `<xs:sequence>${parts.map((part) => element(part, prefixes.get(part.type) ?? 'xs')).join('')}</xs:sequence>`;
  const wrapper = (name: string, parts: readonly Part[]): string =>
    `<xs:element name="${name}"><xs:complexType>${sequence(parts)}</xs:complexType></xs:element>`;
  const wrappers = Object.entries(operations).map(
    ([name, { takes, gives }]) =>
      wrapper(name, partsOf(takes)) + (gives === undefined ? '' : wrapper(`${name}Response`, partsOf(gives))),
  );
  const complex = Object.entries(types).map(([name, { namespace: own, fields }]) =>
    schema(own, `<xs:complexType name="${name}">${sequence(partsOf(fields))}</xs:complexType>`),
  );
  return complex.join('') + schema(namespace, wrappers.join(''));
};

const element = ({ name, type, isRepeated }: Part, prefix: string): string =>
  `<xs:element name="${name}" type="${prefix}:${type}" minOccurs="0"${isRepeated ? ' maxOccurs="unbounded"' : ''} nillable="true"/>`;
