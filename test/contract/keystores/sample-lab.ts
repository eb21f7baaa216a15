import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { certificateFiles } from '../../../lab/render/certificates/certificate-files.ts';
import { issueCertificates } from '../../../lab/render/certificates/issue-certificates.ts';
import { planCertificates } from '../../../lab/render/certificates/plan-certificates.ts';
import { sampleNode, samplePlan } from '../../unit/render/sample-plan.ts';

/** Longer than the 64 characters that X.520 grants a common name: topologies may have such names. */
export const LONG_HOSTNAME = `${'a'.repeat(40)}.${'b'.repeat(40)}.test`;

const PLAN = samplePlan({
  nodes: [
    sampleNode('key-manager', 'km-1', '10.211.0.11', { serverHostname: 'km.sample.test' }),
    sampleNode('gateway', 'gw-1', '10.211.0.13', { hostname: LONG_HOSTNAME, serverHostname: LONG_HOSTNAME }),
  ],
});

export const REQUESTS = planCertificates(PLAN);

export const KEY_STORE = 'nodes/km-1/repository/resources/security/wso2carbon.jks';
export const TRUST_STORE = 'trust/client-truststore.jks';

export type SampleLab = {
  /** Absolute path of a file of the lab. */
  readonly path: (name: string) => string;
  readonly read: (name: string) => Promise<Buffer>;
  /** The certificate of this name, without its authority. */
  readonly issuedTo: (name: string) => Promise<X509Certificate>;
  readonly remove: () => Promise<void>;
};

/** A lab directory with freshly issued certificates, for other programs to look at. */
export const writeSampleLab = async (): Promise<SampleLab> => {
  const directory = await mkdtemp(join(tmpdir(), 'sample-lab-'));
  const path = (name: string) => join(directory, name);
  const set = await issueCertificates(REQUESTS, new Map(), new Date());
  for (const [name, content] of certificateFiles(PLAN, set)) {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), content);
  }
  return {
    path,
    read: (name) => readFile(path(name)),
    issuedTo: async (name) => new X509Certificate(await readFile(path(`certificates/${name}.pem`))),
    remove: () => rm(directory, { recursive: true }),
  };
};
