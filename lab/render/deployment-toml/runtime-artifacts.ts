import { gatewaysOf } from '../../plan/addresses.ts';
import type { BlockRenderer } from './block.ts';

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
export const renderArtifactRetriever: BlockRenderer = (plan, node) =>
  plan.apis === 'event-hub'
    ? [
        {
          path: `${TABLE}.gateway`,
          comment: 'Fetches APIs from the event hub',
          content: {
            gateway_labels: plan.environments
              .filter((environment) => gatewaysOf(plan, environment).some(({ name }) => name === node.name))
              .map(({ name }) => name),
            artifact_retriever: 'DBRetriever',
            data_retrieval_mode: 'sync',
          },
        },
      ]
    : [];
