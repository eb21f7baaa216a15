import {
  boolean,
  int,
  long,
  type MapMessage,
  type MapValue,
  mapMessage,
  string,
} from '../../../../lab/product/map-message/map-message.ts';
import type { AttributeValue, StreamEvent } from '../databridge/stream-definition.ts';

/** The message by which a Traffic Manager passes an event on as it is: its payload under the same names (wire.md 5.8, 5.10). */
export const republishedMessage = ({ stream, payload }: StreamEvent): MapMessage => {
  const values: Readonly<Record<string, AttributeValue>> = payload;
  return mapMessage(Object.fromEntries(stream.payload.map(([name]) => [name, mapValue(values[name] ?? null)])));
};

const mapValue = (value: AttributeValue): MapValue => {
  switch (typeof value) {
    case 'string':
      return string(value);
    case 'boolean':
      return boolean(value);
    case 'bigint':
      return long(value);
    case 'number':
      return int(value);
    default:
      return { type: 'null', value: null };
  }
};
