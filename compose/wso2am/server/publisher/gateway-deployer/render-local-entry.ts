import { escapeXml } from '../../carbon/soap/envelope.ts';
import type { Api } from '../model/api.ts';
import { SYNAPSE } from './synapse.ts';

/** The definition of an API as gateways keep it (wire.md 6.1). */
export const renderLocalEntry = ({ id }: Pick<Api, 'id'>, definition: string): string =>
  `<localEntry xmlns="${SYNAPSE}" key="${id}">${escapeXml(definition)}</localEntry>`;
