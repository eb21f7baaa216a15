import { describe, expect, it } from 'vitest';
import {
  gatewaySynchronization,
  publisherSynchronization,
} from '../../../../compose/wso2am/server/runtime-artifacts/synchronization.ts';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { load } from '../config/deployment.ts';

const PUBLISHER = 'apim.sync_runtime_artifacts.publisher';
const GATEWAY = 'apim.sync_runtime_artifacts.gateway';

describe('[apim.sync_runtime_artifacts]', () => {
  it.each(VERSIONS)('is off in %s unless the file has it', (version) => {
    expect(publisherSynchronization(load({}, { version }))).toBeUndefined();
    expect(gatewaySynchronization(load({}, { version }))).toBeUndefined();
  });

  it('means nothing before 3.2.0', () => {
    const tables = { [PUBLISHER]: { artifact_saver: 'DBSaver' }, [GATEWAY]: { gateway_labels: ['Default'] } };

    expect(publisherSynchronization(load(tables, { version: '3.1.0' }))).toBeUndefined();
    expect(gatewaySynchronization(load(tables, { version: '3.1.0' }))).toBeUndefined();
  });

  it('has the documented defaults', () => {
    const tables = { [PUBLISHER]: { artifact_saver: 'DBSaver' }, [GATEWAY]: { artifact_retriever: 'DBRetriever' } };

    expect(publisherSynchronization(load(tables, { version: '3.2.0' }))).toEqual({
      saver: 'DBSaver',
      publishesDirectly: true,
    });
    expect(gatewaySynchronization(load(tables, { version: '3.2.0' }))).toEqual({
      labels: [],
      retriever: 'DBRetriever',
      startsInSync: true,
      retryDuration: 15_000,
      eventWaitingTime: 1,
    });
  });

  it('is read as the documentation writes it, with flags as text', () => {
    const tables = {
      [PUBLISHER]: { artifact_saver: 'GitHubSaver', publish_directly_to_gateway: 'false' },
      [GATEWAY]: {
        gateway_labels: ['Production and Sandbox', 'Label1'],
        artifact_retriever: 'GitHubRetriever',
        deployment_retry_duration: 20_000,
        data_retrieval_mode: 'async',
        event_waiting_time: 5000,
      },
    };

    expect(publisherSynchronization(load(tables, { version: '3.2.0' }))).toEqual({
      saver: 'GitHubSaver',
      publishesDirectly: false,
    });
    expect(gatewaySynchronization(load(tables, { version: '3.2.0' }))).toEqual({
      labels: ['Production and Sandbox', 'Label1'],
      retriever: 'GitHubRetriever',
      startsInSync: false,
      retryDuration: 20_000,
      eventWaitingTime: 5000,
    });
  });
});
