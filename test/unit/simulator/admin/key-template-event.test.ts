import { describe, expect, it } from 'vitest';
import { keyTemplateEvents } from '../../../../compose/wso2am/server/admin/policies/custom/key-template-event.ts';

const add = (keyTemplateValue: string) => ({ keyTemplateValue, keyTemplateState: 'add' });
const remove = (keyTemplateValue: string) => ({ keyTemplateValue, keyTemplateState: 'remove' });

describe('what gateways hear of key templates', () => {
  it.each([
    ['a new one', ['$a'], ['$a', '$b'], [add('$b')]],
    ['a changed one, the new form first', ['$a'], ['$b'], [add('$b'), remove('$a')]],
    ['nothing while another policy has it too', ['$a', '$a'], ['$a'], []],
    ['one that two policies had, once', ['$a', '$a'], [], [remove('$a')]],
    ['nothing of an unchanged one', ['$a'], ['$a'], []],
  ])('is %s', (_what, before, after, events) => {
    expect(keyTemplateEvents(before, after)).toEqual(events);
  });
});
