import { ConfigurationError } from './configuration-error.ts';
import { EXPECTED_UNITS, UNITS, type Unit } from './units.ts';
import { isList, isTable, type Keys, type Value } from './values.ts';

const DURATION = /(\d+)(?:\.\d+)?\s*(\w*)/;

/**
 * Converts durations to the unit their template expects (configuration.md 4.1 step 6, 4.5). A number without a unit
 * passes unchanged, whatever was meant by it. Throws with the wording of config-mapper 1.0.2 (UnitResolver).
 */
export const convertUnits = (keys: Keys): Keys => {
  const converted = new Map(keys);
  for (const [key, unit] of Object.entries(EXPECTED_UNITS)) {
    const value = keys.get(key);
    if (value !== undefined) converted.set(key, convert(key, value, unit));
  }
  return converted;
};

const convert = (key: string, value: Value, expected: Unit): string => {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') {
    throw new ConfigurationError(`Invalid value for configuration key ${key}. Value type is ${javaType(value)}`);
  }
  // Decimals are cut off before the conversion: "1.5h" is one hour.
  const [, whole, unit] = DURATION.exec(value) ?? [];
  if (whole === undefined) throw new ConfigurationError(`Invalid configuration value ${key} = ${value}`);
  if (unit === undefined || unit === '') return value;
  if (!isUnit(unit)) throw new ConfigurationError(`Invalid unit : ${unit}`);
  const result = Math.floor((Number(whole) * UNITS[unit].milliseconds) / UNITS[expected].milliseconds);
  if (result === 0 && Number(whole) !== 0) {
    throw new ConfigurationError(
      'Converted value result in 0 for non zero source value. ' +
        `key: ${key}, value given = ${value}, converted value = 0 ${UNITS[expected].javaName}`,
    );
  }
  return String(result);
};

const isUnit = (text: string): text is Unit => Object.hasOwn(UNITS, text);

const javaType = (value: Exclude<Value, string | number>): string => {
  if (isList(value)) return 'java.util.ArrayList';
  return isTable(value) ? 'java.util.LinkedHashMap' : 'java.lang.Boolean';
};
