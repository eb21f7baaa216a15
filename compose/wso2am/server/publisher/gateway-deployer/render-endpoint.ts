import { escapeXml } from '../../carbon/soap/envelope.ts';
import type { EndpointConfiguration, EndpointSettings, EndpointTarget } from './endpoint-configuration.ts';
import { SYNAPSE } from './synapse.ts';

/** The endpoint of an API for one kind of key: a target, or several that stand in for each other (wire.md 3.5). */
export const renderEndpoint = (name: string, { kind, targets, algorithm, session }: EndpointConfiguration): string => {
  const open = `<endpoint xmlns="${SYNAPSE}" name="${escapeXml(name)}">`;
  if (kind === 'single') return `${open}${targets.map(renderTarget).join('')}</endpoint>`;
  const members = targets.map(
    (target, index) => `<endpoint name="${escapeXml(`${name}_${index}`)}">${renderTarget(target)}</endpoint>`,
  );
  const attribute = kind === 'loadbalance' ? ` algorithm="${escapeXml(algorithm ?? ROUND_ROBIN)}"` : '';
  return `${open}${session ? renderSession(session) : ''}<${kind}${attribute}>${members.join('')}</${kind}></endpoint>`;
};

const ROUND_ROBIN = 'org.apache.synapse.endpoints.algorithms.RoundRobin';

/** Synapse's names of sessions, where they differ. */
const SESSIONS: Readonly<Record<string, string>> = { transport: 'http' };

const renderSession = ({ kind, timeout }: NonNullable<EndpointConfiguration['session']>): string =>
  `<session type="${escapeXml(SESSIONS[kind] ?? kind)}">${element('sessionTimeout', timeout)}</session>`;

/** What is not set is left to the gateway's defaults. */
const renderTarget = ({ url, settings }: EndpointTarget): string =>
  `<http uri-template="${escapeXml(url)}">${settings ? renderSettings(settings) : ''}</http>`;

const renderSettings = (settings: EndpointSettings): string =>
  [
    parent(
      'timeout',
      settings.actionDuration === undefined
        ? ''
        : element('duration', settings.actionDuration) + element('responseAction', settings.actionSelect || 'fault'),
    ),
    parent(
      'suspendOnFailure',
      element('errorCodes', settings.suspendErrorCode) +
        element('initialDuration', settings.suspendDuration) +
        element('progressionFactor', settings.factor) +
        element('maximumDuration', settings.suspendMaxDuration),
    ),
    parent(
      'markForSuspension',
      element('errorCodes', settings.retryErroCode) +
        element('retriesBeforeSuspension', settings.retryTimeOut) +
        element('retryDelay', settings.retryDelay),
    ),
  ].join('');

const element = (name: string, value: string | number | undefined): string =>
  value === undefined || value === '' ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;

const parent = (name: string, children: string): string => (children === '' ? '' : `<${name}>${children}</${name}>`);
