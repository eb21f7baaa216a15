/**
 * Milliseconds between two looks of a node at its deployment directory, `DeploymentUpdateInterval` of carbon.xml: what another
 * gateway wrote to the share is served by then (wire.md 6.3).
 */
export const HOT_DEPLOYMENT_INTERVAL = 15_000;
