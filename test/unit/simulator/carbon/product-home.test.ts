import { describe, expect, it } from 'vitest';
import { productHomeOf } from '../../../../compose/wso2am/server/carbon/product-home.ts';

describe('the product home', () => {
  it('is the working directory, whose name says the version', () => {
    expect(productHomeOf(undefined, '/home/wso2carbon/wso2am-3.1.0')).toEqual({
      path: '/home/wso2carbon/wso2am-3.1.0',
      version: '3.1.0',
    });
  });

  it('is CARBON_HOME where that is set', () => {
    expect(productHomeOf('/opt/wso2am-3.2.0/', '/tmp')).toEqual({ path: '/opt/wso2am-3.2.0', version: '3.2.0' });
  });

  it.each(['/tmp', '/opt/wso2am-2.6.0', '/opt/wso2am-3.0.0.bak'])('is not %s', (path) => {
    expect(() => productHomeOf(undefined, path)).toThrow(`${path} is no product home`);
  });
});
