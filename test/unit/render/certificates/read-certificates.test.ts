import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certificateFiles } from '../../../../lab/render/certificates/certificate-files.ts';
import { type CertificateSet, credentialOf } from '../../../../lab/render/certificates/certificate-set.ts';
import { issueCertificates } from '../../../../lab/render/certificates/issue-certificates.ts';
import { planCertificates } from '../../../../lab/render/certificates/plan-certificates.ts';
import { readCertificates } from '../../../../lab/render/certificates/read-certificates.ts';
import { sampleNode, samplePlan } from '../sample-plan.ts';

const PLAN = samplePlan({ nodes: [sampleNode('key-manager', 'km-1', '10.211.0.11')], balancers: [] });
const REQUESTS = planCertificates(PLAN);
const NOW = new Date('2026-01-15T10:00:00Z');

describe('readCertificates', () => {
  let issued: CertificateSet;
  let files: ReadonlyMap<string, string | Buffer>;
  let directory: string;

  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  };
  const names = async () => [...(await readCertificates(directory)).keys()].sort();

  beforeAll(async () => {
    issued = await issueCertificates(REQUESTS, new Map(), NOW);
    files = certificateFiles(PLAN, issued);
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'read-certificates-'));
    for (const [path, content] of files) await write(path, content);
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('finds what was written, so that a second run changes no file', async () => {
    const found = await readCertificates(directory);
    expect(found).toEqual(issued);
    expect(certificateFiles(PLAN, await issueCertificates(REQUESTS, found, NOW))).toEqual(files);
  });

  it('finds nothing in a directory that does not exist', async () => {
    expect(await readCertificates(join(directory, 'nowhere'))).toEqual(new Map());
  });

  it('takes a certificate without its key for absent', async () => {
    await rm(join(directory, 'certificates/km-1.key'));
    expect(await names()).toEqual(['ca', 'primary']);
  });

  it('takes half-written files for absent', async () => {
    const { certificate, key } = credentialOf(issued, 'km-1');
    await write('certificates/km-1.pem', certificate.slice(0, certificate.length / 2));
    await write('certificates/primary.key', key.slice(0, key.length / 2));
    expect(await names()).toEqual(['ca']);
  });

  it('takes a key that belongs to another certificate for absent', async () => {
    await write('certificates/km-1.key', credentialOf(issued, 'primary').key);
    expect(await names()).toEqual(['ca', 'primary']);
  });
});
