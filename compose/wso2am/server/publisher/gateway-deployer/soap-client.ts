import type { Agent } from 'node:https';
import { request } from 'node:https';
import { escapeXml } from '../../carbon/soap/envelope.ts';
import { childOf, parseXml, type XmlValue } from '../../carbon/soap/parse-xml.ts';

/** An argument that is an element, not text. */
export type XmlArgument = { readonly xml: string };

/** Arguments of an operation, in the order of its schema; a list is repeated. */
export type Arguments = Readonly<Record<string, string | readonly string[] | XmlArgument>>;

export type SoapCall = {
  /** `https://gw:9443/services/`; ends in a slash. */
  readonly serviceUrl: string;
  readonly service: string;
  readonly namespace: string;
  readonly operation: string;
  readonly arguments: Arguments;
  /** `JSESSIONID=...`, once logged in. */
  readonly cookie?: string;
};

export type SoapReply = {
  /** The `return` element; undefined where there is none. */
  readonly result: XmlValue | undefined;
  /** `JSESSIONID=...` of a session the call opened. */
  readonly cookie: string | undefined;
};

/** A call that did not end in a 2xx with an envelope: clients treat everything else as failure (wire.md 11.4). */
export class SoapFailure extends Error {
  override readonly name = 'SoapFailure';
}

/** Socket time-out of the Publisher's calls: 15 minutes (wire.md 6.1). Milliseconds. */
const TIMEOUT = 15 * 60 * 1000;

/** No answer of these services comes near; an endless one must not fill the memory. Bytes. */
const LONGEST_REPLY = 10 * 1024 * 1024;

/** Calls one operation of an admin service. @throws SoapFailure, or what the connection failed with */
export const callSoap = async (agent: Agent, call: SoapCall): Promise<SoapReply> => {
  const { status, body, cookie } = await post(agent, call);
  if (status < 200 || status > 299) {
    const fault = childOf(childOf(childOf(envelopeOf(body), 'Envelope'), 'Body'), 'Fault');
    const reason = textOf(childOf(fault, 'faultstring')) ?? textOf(childOf(childOf(fault, 'Reason'), 'Text'));
    throw new SoapFailure(`${call.service}.${call.operation}: ${reason ?? `HTTP ${status}`}`);
  }
  const response = childOf(childOf(childOf(envelopeOf(body), 'Envelope'), 'Body'), `${call.operation}Response`);
  return { result: childOf(response, 'return'), cookie };
};

const envelopeOf = (body: string): XmlValue | undefined => {
  try {
    return parseXml(body);
  } catch {
    return undefined;
  }
};

const textOf = (value: XmlValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const envelope = ({ namespace, operation, arguments: values }: SoapCall): string => {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    contentsOf(value).map((content) => `<s:${name}>${content}</s:${name}>`),
  );
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><s:${operation} xmlns:s="${namespace}">${parts.join('')}</s:${operation}></soapenv:Body></soapenv:Envelope>`;
};

const contentsOf = (value: Arguments[string]): readonly string[] => {
  if (typeof value === 'string') return [escapeXml(value)];
  return 'xml' in value ? [value.xml] : value.map(escapeXml);
};

type RawReply = { readonly status: number; readonly body: string; readonly cookie: string | undefined };

const post = (agent: Agent, call: SoapCall): Promise<RawReply> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${call.serviceUrl}${call.service}`, {
      agent,
      method: 'POST',
      timeout: TIMEOUT,
      headers: {
        'Content-Type': 'text/xml; charset=UTF-8',
        SOAPAction: `"urn:${call.operation}"`,
        ...(call.cookie === undefined ? {} : { Cookie: call.cookie }),
      },
    });
    outgoing.once('timeout', () => outgoing.destroy(new SoapFailure(`${call.service}.${call.operation}: timed out`)));
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > LONGEST_REPLY) response.destroy(new SoapFailure(`${call.service}: the answer is too long`));
      });
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          cookie: sessionIn(response.headers['set-cookie']),
        }),
      );
    });
    outgoing.end(envelope(call));
  });

const sessionIn = (cookies: readonly string[] | undefined): string | undefined =>
  cookies?.map((cookie) => cookie.split(';', 1)[0] ?? '').find((cookie) => cookie.startsWith('JSESSIONID='));
