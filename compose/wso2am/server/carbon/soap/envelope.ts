import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../web.ts';
import { childNames, childOf, childrenOf, MalformedXml, parseXml } from './parse-xml.ts';

/** Both are in use: which of them Axis2's stubs send is not known for certain (wire.md 14). */
export type SoapVersion = '1.1' | '1.2';

const NAMESPACES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

const CONTENT_TYPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml; charset=UTF-8',
  '1.2': 'application/soap+xml; charset=UTF-8',
};

/** A call of one operation. */
export type SoapRequest = {
  readonly version: SoapVersion;
  /** Local name of the body's element. */
  readonly operation: string;
  /** The whole envelope, for arguments that are elements. */
  readonly text: string;
  /** Text of an argument; undefined when it is absent, repeated or no plain text. An empty element is ''. */
  argument(name: string): string | undefined;
  /** Whether there is an argument of this name with anything in it. */
  has(name: string): boolean;
  /** Texts of an argument that may be repeated, in order; none when it is absent. */
  texts(name: string): readonly string[];
};

/** @throws MalformedXml when the text is no envelope with one operation in its body */
export const readEnvelope = (text: string): SoapRequest => {
  const body = childOf(childOf(parseXml(text), 'Envelope'), 'Body');
  const [operation, ...others] = childNames(body);
  if (operation === undefined || others.length > 0) throw new MalformedXml('the SOAP body must hold one operation');
  const call = childOf(body, operation);
  return {
    version: versionOf(text),
    operation,
    text,
    argument: (name) => {
      const value = childOf(call, name);
      return typeof value === 'string' ? value : undefined;
    },
    has: (name) => childrenOf(call, name).some((value) => value !== ''),
    texts: (name) => childrenOf(call, name).filter((value) => typeof value === 'string'),
  };
};

/** The version a client speaks, when its envelope cannot be read. */
export const announcedVersion = (headers: IncomingHttpHeaders): SoapVersion =>
  headers['content-type']?.startsWith('application/soap+xml') ? '1.2' : '1.1';

const versionOf = (text: string): SoapVersion =>
  /<(?:[\w.-]+:)?Envelope\b[^>]*>/.exec(text)?.[0].includes(NAMESPACES['1.2']) ? '1.2' : '1.1';

/** A 200 answer with this XML in the body. */
export const soapAnswer = (version: SoapVersion, content: string, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  headers: { 'Content-Type': CONTENT_TYPES[version], ...headers },
  body: envelope(version, content),
});

/** A fault of the server's side. @param status 500, as Axis2 answers every fault, unless another one says more */
export const soapFault = (version: SoapVersion, reason: string, status = 500): Answer => {
  const text = escapeXml(reason);
  const content =
    version === '1.1'
      ? `<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>${text}</faultstring><detail/></soapenv:Fault>`
      : `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:Receiver</soapenv:Value></soapenv:Code><soapenv:Reason><soapenv:Text xml:lang="en-US">${text}</soapenv:Text></soapenv:Reason><soapenv:Detail/></soapenv:Fault>`;
  return { status, headers: { 'Content-Type': CONTENT_TYPES[version] }, body: envelope(version, content) };
};

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const envelope = (version: SoapVersion, content: string): string =>
  `<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv="${NAMESPACES[version]}"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
