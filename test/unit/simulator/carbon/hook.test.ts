import { describe, expect, it } from 'vitest';
import { createHook } from '../../../../compose/wso2am/server/carbon/hook.ts';

describe('a hook', () => {
  it('reaches its listeners in order and waits for them', async () => {
    const heard: string[] = [];
    const hook = createHook<string>(() => undefined);
    hook.subscribe(async (value) => {
      await Promise.resolve();
      heard.push(`first ${value}`);
    });
    hook.subscribe((value) => void heard.push(`second ${value}`));

    await hook.fire('token');

    expect(heard).toEqual(['first token', 'second token']);
  });

  it('hands on what a listener throws and goes on', async () => {
    const failures: unknown[] = [];
    const heard: string[] = [];
    const hook = createHook<string>((cause) => failures.push(cause));
    const failure = new Error('no broker');
    hook.subscribe(() => Promise.reject(failure));
    hook.subscribe((value) => void heard.push(value));

    await hook.fire('token');

    expect(failures).toEqual([failure]);
    expect(heard).toEqual(['token']);
  });

  it('forgets a listener that left', async () => {
    const heard: string[] = [];
    const hook = createHook<string>(() => undefined);
    const leave = hook.subscribe((value) => void heard.push(value));

    leave();
    await hook.fire('token');

    expect(heard).toEqual([]);
  });
});
