import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { eventProcessorAdmin } from '../../../../compose/wso2am/server/throttling/deployment/event-processor-admin.ts';
import { eventProcessor, readXmlText } from '../../../../lab/probes/artifact-sync/event-processor.ts';
import { Mismatch } from '../../../../lab/probes/hops.ts';
import type { HttpClient } from '../../../../lab/probes/http-client.ts';
import { sampleCall } from '../../simulator/carbon/sample-call.ts';
import { openDirectory, planText, temporaryDirectory } from '../../simulator/throttling/deployment/sample-directory.ts';

const GOLD = 'carbon.super_sub_Gold';

/** A Traffic Manager that runs the plans of a directory, called without a network in between. */
const trafficManager = async (directory: string) => {
  const { plans } = await openDirectory(directory);
  const service = eventProcessorAdmin(plans, () => undefined);
  const http: HttpClient = async ({ body = '' }) => {
    const answer = await service.handle(readEnvelope(body), sampleCall(), undefined);
    return { status: answer?.status ?? 404, headers: {}, body: String(answer?.body ?? '') };
  };
  const manager = { node: 'tm-1', origin: 'https://localhost:9443' };
  return { plans, processor: eventProcessor(http, manager, { username: 'admin', password: 'admin' }) };
};

describe('the probe at the Traffic Managers', () => {
  it('reads a plan to the letter, deploys a copy of it and removes that', async () => {
    const { plans, processor } = await trafficManager(temporaryDirectory());
    await processor.deploy(planText('Gold'));
    expect(await processor.active(GOLD)).toBe(planText('Gold'));
    await processor.deploy(planText('Gold').replaceAll('Gold', 'Copper'));
    expect(plans.active('carbon.super_sub_Copper')).toContain('Copper');
    await processor.undeploy('carbon.super_sub_Copper');
    expect(await processor.active('carbon.super_sub_Copper')).toBeUndefined();
  });

  it('sees what another one has deployed once that has looked at the directory they share', async () => {
    const directory = temporaryDirectory();
    const [one, other] = [await trafficManager(directory), await trafficManager(directory)];
    await one.processor.deploy(planText('Gold'));
    expect(await other.processor.active(GOLD)).toBeUndefined();
    await other.plans.scan();
    expect(await other.processor.active(GOLD)).toBe(planText('Gold'));
  });

  it('says why one refuses a plan', async () => {
    const { processor } = await trafficManager(temporaryDirectory());
    const refused = await processor.deploy('from nowhere').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Mismatch);
    expect(String(refused)).toMatch(/deployExecutionPlan at tm-1: 500 line 1/);
  });

  it('reads entities and character references in an answer', () => {
    expect(readXmlText('a &lt; b &amp;&#38; c &#xD;&unknown;')).toBe('a < b && c \r&unknown;');
  });
});
