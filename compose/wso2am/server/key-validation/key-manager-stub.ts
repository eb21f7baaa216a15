import { ACTIVITY_ID } from '../carbon/activity-id.ts';
import { childOf, parseXml, type XmlValue } from '../carbon/soap/parse-xml.ts';
import { KeyManagerError } from './key-manager-error.ts';
import type { KeyManagerAddress } from './key-validator.ts';
import { postSoap } from './post-soap.ts';

/** Calls an operation, its element as content. @returns the response element. Rejects with `KeyManagerError` only */
export type KeyManagerStub = (operation: string, content: string, activityId: string) => Promise<XmlValue>;

/**
 * A client of one admin service of the Key Manager. As the product's, each call carries Basic and the cookie of the last answer,
 * so that any Key Manager behind a load balancer can serve it (wire.md 2.1). Nothing is tried twice.
 */
export const keyManagerStub = (address: KeyManagerAddress, service: string): KeyManagerStub => {
  const basic = Buffer.from(`${address.username}:${address.password}`).toString('base64');
  let cookie: string | undefined;
  return async (operation, content, activityId) => {
    const url = address.serviceUrl + service;
    if (!URL.canParse(url)) throw new KeyManagerError(`${url} is no URL`);
    const { text, cookies } = await postSoap({
      url: new URL(url),
      headers: {
        'Content-Type': 'text/xml; charset=UTF-8',
        SOAPAction: `"urn:${operation}"`,
        Authorization: `Basic ${basic}`,
        [ACTIVITY_ID]: activityId,
        ...(cookie === undefined ? {} : { Cookie: cookie }),
      },
      body: envelope(content),
      agent: address.agent,
      timeout: address.timeout,
    });
    const session = cookies.find((each) => each.startsWith('JSESSIONID='))?.split(';', 1)[0];
    cookie = session ?? cookie;
    return responseIn(text, `${operation}Response`);
  };
};

/** The `return` elements of a response, repeated or not; a nil one counts as none. */
export const returnsOf = (response: XmlValue): readonly XmlValue[] => {
  if (typeof response === 'string' || !('return' in response)) return [];
  const value = response.return;
  if (Array.isArray(value)) return value;
  return value === '' ? [] : [value];
};

const envelope = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;

const responseIn = (text: string, name: string): XmlValue => {
  try {
    const response = childOf(childOf(childOf(parseXml(text), 'Envelope'), 'Body'), name);
    if (response !== undefined) return response;
  } catch (cause) {
    throw new KeyManagerError('its answer is no XML', { cause });
  }
  throw new KeyManagerError(`its answer is no ${name}`);
};
