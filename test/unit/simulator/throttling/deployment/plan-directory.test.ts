import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeDefaultPlans } from '../../../../../compose/wso2am/server/throttling/deployment/write-default-plans.ts';
import { preProcessorPlan } from '../../../../../compose/wso2am/server/throttling/plans/plan-text.ts';
import { sampleEvent } from '../sample-events.ts';
import { openDirectory, planText, temporaryDirectory } from './sample-directory.ts';

const GOLD = 'carbon.super_sub_Gold';
const GOLD_FILE = `${GOLD}.siddhiql`;
const GOLD_ROW = sampleEvent({ subscriptionTier: 'Gold' });
const PRE = preProcessorPlan('requestPreProcessorExecutionPlan');

describe('the directory of execution plans', () => {
  it('runs what is in it, and nothing that is no plan', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, GOLD_FILE), planText('Gold'));
    writeFileSync(join(directory, `.${GOLD_FILE}.1`), planText('Silver'));
    writeFileSync(join(directory, 'notes.txt'), 'hello');
    const { engine, errors } = await openDirectory(directory);

    expect(engine.plans).toEqual([GOLD]);
    expect(errors).toEqual([]);
  });

  it('writes a deployed plan to the file of its name, and runs it at once', async () => {
    const directory = temporaryDirectory();
    const { plans, engine } = await openDirectory(directory);
    await plans.deploy(planText('Gold'));

    expect(readdirSync(directory)).toEqual([GOLD_FILE]);
    expect(readFileSync(join(directory, GOLD_FILE), 'utf8')).toBe(planText('Gold'));
    expect(engine.plans).toEqual([GOLD]);
    expect(plans.active(GOLD)).toBe(planText('Gold'));
  });

  it('learns by a scan what another Traffic Manager has deployed, changed and removed in the share', async () => {
    const directory = temporaryDirectory();
    const [one, other] = await Promise.all([openDirectory(directory), openDirectory(directory)]);
    await one.plans.deploy(planText('Gold'));
    expect(other.engine.plans).toEqual([]);

    await other.plans.scan();
    expect(other.engine.plans).toEqual([GOLD]);

    await one.plans.edit(planText('Gold', 20), GOLD);
    await other.plans.scan();
    expect(other.plans.active(GOLD)).toBe(planText('Gold', 20));

    await one.plans.undeploy(GOLD);
    await other.plans.scan();
    expect(other.engine.plans).toEqual([]);
  });

  it('scans every 15 s until it is closed', async () => {
    const { plans, timers } = await openDirectory(temporaryDirectory());
    timers.advanceTo(14_999);
    expect(timers.pending).toBe(1);

    timers.advanceTo(15_000);
    expect(timers.pending).toBe(0);
    // Comes after the scan that the timer began.
    await plans.scan();
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers.pending).toBe(1);

    plans.close();
    expect(timers.pending).toBe(0);
  });

  it('does not touch a running plan whose file has not changed', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, GOLD_FILE), planText('Gold'));
    writeFileSync(join(directory, 'requestPreProcessorExecutionPlan.siddhiql'), PRE);
    const { plans, engine } = await openDirectory(directory);
    engine.accept(GOLD_ROW);
    await plans.scan();

    expect(engine.keys).toBe(1);
  });

  it('names the file and the line of a plan that it does not understand, once, and runs the others', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'broken.siddhiql'), "@Plan:name('broken')\nfrom nowhere");
    writeFileSync(join(directory, GOLD_FILE), planText('Gold'));
    const { plans, engine, errors } = await openDirectory(directory);
    await plans.scan();

    expect(errors).toEqual([expect.stringMatching(/broken\.siddhiql, line 2: /)]);
    expect(engine.plans).toEqual([GOLD]);
  });

  it('runs a file that held a name taken by another one as soon as that one is gone', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'a.siddhiql'), planText('Gold', 1));
    writeFileSync(join(directory, 'b.siddhiql'), planText('Gold', 2));
    const { plans, errors } = await openDirectory(directory);
    expect(plans.active(GOLD)).toBe(planText('Gold', 1));
    expect(errors).toEqual([expect.stringContaining('from a.siddhiql')]);

    rmSync(join(directory, 'a.siddhiql'));
    await plans.scan();
    expect(plans.active(GOLD)).toBe(planText('Gold', 2));
  });

  it.each(['../evil', 'a/b', '..', '.hidden', 'a\\b', '/etc/cron.d/x', 'a b', `${'x'.repeat(201)}`])(
    'refuses a plan called %j, and writes nothing',
    async (name) => {
      const directory = temporaryDirectory();
      const { plans } = await openDirectory(directory);
      const text = planText('Gold').replace(`@Plan:name('${GOLD}')`, `@Plan:name('${name}')`);

      await expect(plans.deploy(text)).rejects.toThrow('is no name for an execution plan');
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('refuses to deploy a plan twice, and to edit or remove one that is not there', async () => {
    const { plans } = await openDirectory(temporaryDirectory());
    await plans.deploy(planText('Gold'));

    await expect(plans.deploy(planText('Gold'))).rejects.toThrow('is already there');
    await expect(plans.edit(planText('Silver'), 'carbon.super_sub_Silver')).rejects.toThrow(
      'there is no execution plan',
    );
    await expect(plans.edit(planText('Silver'), GOLD)).rejects.toThrow('is called carbon.super_sub_Silver');
    await expect(plans.undeploy('../x')).rejects.toThrow('there is no execution plan');
  });
});

describe('the default plans of a directory', () => {
  it('are written to an empty one and all run', async () => {
    const directory = join(temporaryDirectory(), 'executionplans');
    const written = await writeDefaultPlans(directory);
    const { engine, errors } = await openDirectory(directory);

    expect(readdirSync(directory).toSorted()).toEqual([...written].toSorted());
    expect(engine.plans).toHaveLength(written.length);
    expect(errors).toEqual([]);
  });

  it('edit the file with the odd name, not a second one', async () => {
    const directory = temporaryDirectory();
    await writeDefaultPlans(directory);
    const files = readdirSync(directory).toSorted();
    const { plans } = await openDirectory(directory);
    const name = 'carbon.super_resource_50KPerMin_default';
    const text = (plans.active(name) ?? '').replace('50000', '40000');
    await plans.edit(text, name);

    expect(readdirSync(directory).toSorted()).toEqual(files);
    expect(readFileSync(join(directory, 'carbon.super_resource_50KPerMin_defualt.siddhiql'), 'utf8')).toBe(text);
  });

  it('do not come back where an administrator has removed one', async () => {
    const directory = temporaryDirectory();
    await writeDefaultPlans(directory);
    rmSync(join(directory, GOLD_FILE));

    expect(await writeDefaultPlans(directory)).toEqual([]);
    expect(readdirSync(directory)).not.toContain(GOLD_FILE);
  });

  it('survive two nodes that begin at once', async () => {
    const directory = temporaryDirectory();
    await Promise.all([writeDefaultPlans(directory), writeDefaultPlans(directory)]);
    const { engine, errors } = await openDirectory(directory);

    expect(engine.plans).toHaveLength(11);
    expect(errors).toEqual([]);
  });
});
