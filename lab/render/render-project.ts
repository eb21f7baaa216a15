import { type DescriptionPaths, describeLab } from '../plan/description.ts';
import type { Plan } from '../plan/plan.ts';
import { HOME_PATHS } from '../product/image.ts';
import { certificateFiles } from './certificates/certificate-files.ts';
import type { CertificateSet } from './certificates/certificate-set.ts';
import { renderCompose } from './compose/compose-project.ts';
import type { ProjectFiles } from './compose/configuration-hash.ts';
import { renderDeploymentToml } from './deployment-toml/render-deployment-toml.ts';
import { renderMysqlInit } from './mysql-init.ts';
import { renderGaneshaConf } from './nfs-exports.ts';
import { renderPassage } from './nginx/passage.ts';
import { renderNginx } from './nginx.ts';
import { FILES, nodeDirectory } from './paths.ts';

/**
 * Every file of a lab directory, by its relative path; `artifacts` are those that the user brings. Pure: the same plan,
 * certificates and artifacts give the same bytes.
 */
export const renderProject = (
  plan: Plan,
  certificates: CertificateSet,
  paths: DescriptionPaths,
  artifacts: ProjectFiles,
): ProjectFiles => {
  const files = new Map<string, string | Buffer>([...certificateFiles(plan, certificates), ...artifacts]);
  for (const node of plan.nodes) {
    files.set(`${nodeDirectory(node.name)}/${HOME_PATHS.deploymentToml}`, renderDeploymentToml(plan, node));
  }
  files.set(FILES.mysqlInit, renderMysqlInit(plan));
  if (plan.share?.type === 'nfs') files.set(FILES.ganesha, renderGaneshaConf(plan));
  for (const balancer of plan.balancers) files.set(FILES.nginx(balancer.name), renderNginx(plan, balancer));
  for (const passage of plan.firewall) files.set(FILES.nginx(passage.name), renderPassage(plan, passage));
  files.set(FILES.compose, renderCompose(plan, files));
  files.set(FILES.description, `${JSON.stringify(describeLab(plan, paths), null, 2)}\n`);
  return files;
};
