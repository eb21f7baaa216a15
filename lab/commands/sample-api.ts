import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectDocker } from '../engine/docker.ts';
import type { Emit } from '../engine/lab-event.ts';
import { labStatus } from '../engine/lab-status.ts';
import { labError } from '../errors/lab-error.ts';
import { Mismatch } from '../probes/hops.ts';
import { httpClient, NoAnswer } from '../probes/http-client.ts';
import { gatewayRoutes } from '../probes/journey/gateway-routes.ts';
import { openSession } from '../probes/journey/open-session.ts';
import { publishSampleApi, type SampleCall } from '../probes/sample/publish-sample-api.ts';
import { readSampleApi } from '../probes/sample/read-sample-api.ts';

/** The API that newcomers call first. */
const SAMPLE = 'fixtures/apis/library/api.yaml';

/** Milliseconds a single request may take. */
const REQUEST_TIMEOUT = 30_000;

export type SampleApiOptions = {
  readonly lab: string;
  /** Directory of this package. */
  readonly root: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
};

/**
 * Brings the sample API onto a running lab, by the REST APIs that everybody has. Fails with SAMPLE_API_FAILED where the lab
 * does not answer as documented.
 */
export const sampleApi = async ({ lab, root, emit, signal }: SampleApiOptions): Promise<SampleCall> => {
  const sample = await readSampleApi(join(root, SAMPLE));
  const status = await labStatus(await connectDocker(), lab);
  const [first, ...others] = gatewayRoutes(status);
  if (!first) throw labError('SAMPLE_API_FAILED', 'no gateway of this lab can be reached from here');
  const http = httpClient(await readFile(status.trust.caFile, 'utf8'), REQUEST_TIMEOUT, signal);
  try {
    return await publishSampleApi(await openSession({ http, status }), sample, [first, ...others], emit);
  } catch (error) {
    if (!(error instanceof Mismatch || error instanceof NoAnswer)) throw error;
    const evidence = error.message;
    throw labError('SAMPLE_API_FAILED', `${sample.spec.name} could not be published`, { evidence }, { cause: error });
  }
};
