import { describe, expect, it } from 'vitest';
import { escapeXml, readEnvelope } from '../../../../../compose/wso2am/server/carbon/soap/envelope.ts';
import { eventProcessorAdmin } from '../../../../../compose/wso2am/server/throttling/deployment/event-processor-admin.ts';
import { sampleCall } from '../../carbon/sample-call.ts';
import { openDirectory, planText, temporaryDirectory } from './sample-directory.ts';

const NAMESPACE = 'http://admin.processor.event.carbon.wso2.org';
const GOLD = 'carbon.super_sub_Gold';

const startService = async () => {
  const { plans, engine } = await openDirectory(temporaryDirectory());
  const notSimulated: string[] = [];
  const service = eventProcessorAdmin(plans, (what) => notSimulated.push(what));
  const call = (operation: string, args: Readonly<Record<string, string>>) => {
    const content = Object.entries(args).map(([name, value]) => `<p:${name}>${escapeXml(value)}</p:${name}>`);
    const text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><p:${operation} xmlns:p="${NAMESPACE}">${content.join('')}</p:${operation}></s:Body></s:Envelope>`;
    return service.handle(readEnvelope(text), sampleCall(), undefined);
  };
  return { call, engine, notSimulated };
};

const returned = (operation: string, text: string): string =>
  `<ns:${operation}Response xmlns:ns="${NAMESPACE}"><ns:return>${text}</ns:return></ns:${operation}Response>`;

describe('EventProcessorAdminService', () => {
  it('validates a plan with "success", or with the line of what is wrong', async () => {
    const { call, engine } = await startService();
    const good = await call('validateExecutionPlan', { executionPlan: planText('Gold') });
    const bad = await call('validateExecutionPlan', { executionPlan: "@Plan:name('x')\nfrom" });

    expect(good?.body).toContain(returned('validateExecutionPlan', 'success'));
    expect(bad).toMatchObject({ status: 200, body: expect.stringContaining('<ns:return>line 2: ') });
    expect(engine.plans).toEqual([]);
  });

  it('deploys, shows, edits and removes a plan', async () => {
    const { call, engine } = await startService();
    const deployed = await call('deployExecutionPlan', { executionPlan: planText('Gold') });
    expect(deployed).toMatchObject({
      status: 200,
      body: expect.stringContaining(returned('deployExecutionPlan', 'true')),
    });
    expect(engine.plans).toEqual([GOLD]);

    await call('editActiveExecutionPlan', { executionPlan: planText('Gold', 7), name: GOLD });
    const shown = await call('getActiveExecutionPlan', { planName: GOLD });
    expect(shown?.body).toContain(escapeXml('(count(messageID) >= 7)'));

    const removed = await call('undeployActiveExecutionPlan', { name: GOLD });
    expect(removed?.status).toBe(200);
    expect(engine.plans).toEqual([]);
  });

  it.each([
    ['deployExecutionPlan', { executionPlan: 'hello' }],
    ['deployExecutionPlan', {}],
    ['editActiveExecutionPlan', { executionPlan: planText('Gold'), name: GOLD }],
    ['undeployActiveExecutionPlan', { name: GOLD }],
    ['getActiveExecutionPlan', { planName: GOLD }],
  ])('answers %s with a fault when it cannot: %j', async (operation, args) => {
    const { call } = await startService();

    expect(await call(operation, args)).toMatchObject({
      status: 500,
      body: expect.stringContaining('<faultstring>line '),
    });
  });

  it('says of its other operations that they are not simulated', async () => {
    const { call, notSimulated } = await startService();

    expect((await call('setTracingEnabled', {}))?.status).toBe(501);
    expect(notSimulated).toEqual(['EventProcessorAdminService.setTracingEnabled']);
  });
});
