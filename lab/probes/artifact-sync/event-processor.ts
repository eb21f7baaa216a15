import { Mismatch } from '../hops.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';
import type { TrafficManager } from './traffic-managers.ts';

/** `EventProcessorAdminService` of one Traffic Manager, as far as execution plans go (wire.md 5.13). */
export type EventProcessor = {
  /** The text of a running plan; undefined when none has the name. @throws NoAnswer, Mismatch */
  active(planName: string): Promise<string | undefined>;
  /** Writes and runs a plan. @throws NoAnswer, Mismatch */
  deploy(text: string): Promise<void>;
  /** Stops a plan and removes its file. @throws NoAnswer, Mismatch */
  undeploy(planName: string): Promise<void>;
};

type Credentials = { readonly username: string; readonly password: string };

const SERVICE = 'EventProcessorAdminService';
const NAMESPACE = 'http://admin.processor.event.carbon.wso2.org';

/** Calls the service of this very node, with Basic authentication as admin services take it (wire.md 10). */
export const eventProcessor = (
  http: HttpClient,
  { node, origin }: TrafficManager,
  { username, password }: Credentials,
): EventProcessor => {
  const call = (operation: string, argument: string, value: string): Promise<HttpAnswer> =>
    http({
      url: `${origin}/services/${SERVICE}`,
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'Content-Type': 'text/xml; charset=UTF-8',
        SOAPAction: `"urn:${operation}"`,
      },
      body: envelope(operation, argument, value),
    });
  const change = async (operation: string, argument: string, value: string): Promise<void> => {
    const { status, body } = await call(operation, argument, value);
    if (status !== 200) throw new Mismatch(`${operation} at ${node}: ${status} ${reasonOf(body)}`);
  };
  return {
    active: async (planName) => {
      const { status, body } = await call('getActiveExecutionPlan', 'planName', planName);
      // The service has no question whether a plan is there: it refuses to give the text of one that is not.
      if (status === 500) return undefined;
      const text = /<(?:\w+:)?return[^>]*>([\s\S]*?)<\/(?:\w+:)?return>/.exec(body)?.[1];
      if (status === 200) return text === undefined ? undefined : readXmlText(text);
      throw new Mismatch(`getActiveExecutionPlan at ${node}: ${status} ${reasonOf(body)}`);
    },
    deploy: (text) => change('deployExecutionPlan', 'executionPlan', text),
    undeploy: (planName) => change('undeployActiveExecutionPlan', 'planName', planName),
  };
};

const envelope = (operation: string, argument: string, value: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><p:${operation} xmlns:p="${NAMESPACE}">` +
  `<p:${argument}>${xmlText(value)}</p:${argument}></p:${operation}></s:Body></s:Envelope>`;

/** What a fault says, in a few words. */
const reasonOf = (body: string): string =>
  (/<faultstring[^>]*>([^<]*)</.exec(body)?.[1] ?? body).slice(0, 200).replace(/\s+/g, ' ').trim();

const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of an element with its entities and character references resolved; others stay as they are. */
export const readXmlText = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi, (written, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? written;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
