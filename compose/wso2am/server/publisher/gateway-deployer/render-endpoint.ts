import { escapeXml } from '../../carbon/soap/envelope.ts';
import { SYNAPSE } from './synapse.ts';

/** Time-out and suspension are left to the gateway's defaults (wire.md 3.5), as where an API sets none. */
export const renderEndpoint = (name: string, url: string): string =>
  `<endpoint xmlns="${SYNAPSE}" name="${escapeXml(name)}"><http uri-template="${escapeXml(url)}"/></endpoint>`;
