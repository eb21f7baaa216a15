import type { Plan } from '../plan/plan.ts';
import type { CertificateSet } from '../render/certificates/certificate-set.ts';
import { issueCertificates } from '../render/certificates/issue-certificates.ts';
import { planCertificates } from '../render/certificates/plan-certificates.ts';
import { readCertificates } from '../render/certificates/read-certificates.ts';

/** The certificates of a lab: those in its directory, with what is missing or no longer fits issued anew. */
export const certificatesFor = async (plan: Plan, directory: string): Promise<CertificateSet> =>
  issueCertificates(planCertificates(plan), await readCertificates(directory), new Date());
