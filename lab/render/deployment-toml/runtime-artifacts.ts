import type { BlockRenderer } from './block.ts';
import { ENVIRONMENT_NAME } from './gateway-environments.ts';

const TABLE = 'apim.sync_runtime_artifacts';

/** `[apim.sync_runtime_artifacts.publisher]`: saves APIs in apim_db in the place of calling gateways (configuration.md 5.7). */
export const renderArtifactSaver: BlockRenderer = ({ apis }) =>
  apis === 'event-hub'
    ? [
        {
          path: `${TABLE}.publisher`,
          comment: 'Saves APIs for gateways to fetch',
          content: { artifact_saver: 'DBSaver', publish_directly_to_gateway: false },
        },
      ]
    : [];

/** `[apim.sync_runtime_artifacts.gateway]`: fetches APIs from the event hub. The environment's name is the label to fetch by. */
export const renderArtifactRetriever: BlockRenderer = ({ apis }) =>
  apis === 'event-hub'
    ? [
        {
          path: `${TABLE}.gateway`,
          comment: 'Fetches APIs from the event hub',
          content: {
            gateway_labels: [ENVIRONMENT_NAME],
            artifact_retriever: 'DBRetriever',
            data_retrieval_mode: 'sync',
          },
        },
      ]
    : [];
