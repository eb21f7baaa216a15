import { describe, expect, it } from 'vitest';
import { load } from './deployment.ts';

const text = (value: string, around: Parameters<typeof load>[1]) => load({ lab: { value } }, around).text('lab.value');

describe('$env', () => {
  it('is replaced inside texts and in the texts of a list, an empty variable too', () => {
    const environment = { HOST: 'tm', EMPTY: '' };

    expect(text('tcp://$env{HOST}:9611$env{EMPTY}', { environment })).toBe('tcp://tm:9611');
    expect(load({ lab: { value: ['$env{HOST}'] } }, { environment }).list('lab.value')).toEqual(['tm']);
  });

  it('stops the start when the variable is not defined', () => {
    expect(() => text('$env{HOST}', {})).toThrow('Environment variable HOST not defined in system');
    expect(() => text('$env{toString}', {})).toThrow('Environment variable toString not defined in system');
  });

  it('is left as it is in tables of an array', () => {
    const tables = { 'apim.throttling.url_group': [{ traffic_manager_urls: ['tcp://$env{HOST}:9611'] }] };

    expect(load(tables).tables('apim.throttling.url_group')[0]?.list('traffic_manager_urls')).toEqual([
      'tcp://$env{HOST}:9611',
    ]);
  });

  it("trips over a dollar in the value and loses a backslash, as Java's replaceAll does", () => {
    expect(() => text('$env{SECRET}', { environment: { SECRET: 'pa$word' } })).toThrow('Illegal group reference');
    expect(text('$env{SECRET}', { environment: { SECRET: 'pa\\$wo\\rd' } })).toBe('pa$word');
  });
});

describe('$sys', () => {
  it('is replaced by a system property', () => {
    expect(text('https://$sys{lab.host}/', { systemProperties: { 'lab.host': 'km' } })).toBe('https://km/');
  });

  it.each([{}, { 'lab.host': '' }])('stops the start when the property is missing or empty: %j', (systemProperties) => {
    expect(() => text('$sys{lab.host}', { systemProperties })).toThrow(
      'Error while retrieving lab.host system property',
    );
  });
});

it('a name in plain braces is not for the mapper and stays', () => {
  expect(text(`\${admin.username}`, { environment: { 'admin.username': 'x' } })).toBe(`\${admin.username}`);
});
