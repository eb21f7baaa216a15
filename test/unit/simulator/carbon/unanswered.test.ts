import { describe, expect, it } from 'vitest';
import { answerUnanswered } from '../../../../compose/wso2am/server/carbon/unanswered.ts';
import { adminServicesOf, webappsOf } from '../../../../compose/wso2am/server/not-simulated.ts';
import { sampleCall } from './sample-call.ts';

describe('what no endpoint answers', () => {
  it('is 501 with a line in the log below a webapp of the profile', () => {
    const calls: string[] = [];
    const answer = answerUnanswered(['/api/am/publisher'], (what) => calls.push(what));

    expect(answer(sampleCall({ path: '/api/am/publisher/v1/apis' }))).toMatchObject({
      status: 501,
      body: expect.stringContaining('GET /api/am/publisher/v1/apis'),
    });
    expect(calls).toEqual(['GET /api/am/publisher/v1/apis']);
  });

  it.each(['/elsewhere', '/api/am/publishers', '/'])('is 404 elsewhere: %s', (path) => {
    const answer = answerUnanswered(['/api/am/publisher'], () => expect.fail('logged'));

    expect(answer(sampleCall({ path })).status).toBe(404);
  });
});

describe('the webapps of a profile', () => {
  it('are those it keeps, version by version', () => {
    expect(webappsOf('key-manager', '3.0.0')).toContain('/throttle/data/v1');
    expect(webappsOf('key-manager', '3.2.0')).not.toContain('/throttle/data/v1');
    expect(webappsOf('traffic-manager', '3.0.0')).toEqual(['/carbon']);
    expect(webappsOf('traffic-manager', '3.2.0')).toContain('/internal/data/v1');
    expect(webappsOf('gateway', '3.0.0')).not.toContain('/oauth2');
    expect(webappsOf('publisher', '3.0.0')).toContain('/api/am/admin');
    expect(webappsOf('developer-portal', '3.0.0')).not.toContain('/api/am/admin');
  });

  it('are all of them in an all-in-one node, each once', () => {
    const all = webappsOf('all-in-one', '3.2.0');

    expect(all).toEqual(expect.arrayContaining(['/api/am/publisher', '/api/am/store', '/api/am/admin', '/oauth2']));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the admin services of a profile', () => {
  it('validate keys on a Key Manager before 3.2.0', () => {
    expect(adminServicesOf('key-manager', '3.1.0')).toContain('APIKeyValidationService');
    expect(adminServicesOf('key-manager', '3.2.0')).not.toContain('APIKeyValidationService');
    expect(adminServicesOf('gateway', '3.0.0')).not.toContain('APIKeyValidationService');
    expect(adminServicesOf('all-in-one', '3.0.0')).toEqual(
      expect.arrayContaining(['APIKeyValidationService', 'APIGatewayAdmin', 'EventProcessorAdminService']),
    );
  });
});
