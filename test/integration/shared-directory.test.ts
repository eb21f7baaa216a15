import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labImages } from '../../lab/engine/lab-images.ts';
import { HOME_PATHS, IMAGE, productHome } from '../../lab/product/image.ts';
import {
  type ContainerProject,
  docker,
  healthy,
  IDLE_SERVER,
  IDLE_SERVER_STARTED,
  startProject,
} from './container-project.ts';

const images = await labImages(fileURLToPath(new URL('../..', import.meta.url)));

const SHARED = `${productHome('3.0.0')}/${HOME_PATHS.deploymentServer}/synapse-configs`;
const NFS_MOUNTS = `nfs:/export/synapse-configs=${SHARED}`;

const gateway = {
  image: images.wso2am['3.0.0'],
  init: true,
  user: 'root',
  environment: { NFS_MOUNTS },
  cap_add: ['SYS_ADMIN'],
  devices: ['/dev/fuse:/dev/fuse'],
  security_opt: ['apparmor:unconfined'],
  volumes: [`./artifacts:${IMAGE.artifactVolume}:ro`],
  healthcheck: IDLE_SERVER_STARTED,
};

const PROJECT = {
  services: {
    nfs: {
      image: images.nfs,
      init: true,
      cap_add: ['DAC_READ_SEARCH'],
      environment: { SHARED_DIRECTORIES: 'synapse-configs executionplans' },
      volumes: ['export:/export'],
      healthcheck: healthy('nfs-ls', 'nfs://127.0.0.1/export/?version=3&nfsport=2049&mountport=20048'),
    },
    // Without depends_on: a node waits for the server by itself.
    'gateway-1': gateway,
    'gateway-2': gateway,
  },
  volumes: { export: {} },
};

let project: ContainerProject;
beforeAll(async () => {
  project = await startProject('apim-lab-test-share', PROJECT, { 'artifacts/bin/wso2server.sh': IDLE_SERVER });
});
afterAll(() => project.dispose());

/** Runs a script in the shared directory as the product's user. */
const onGateway = (number: 1 | 2, script: string): Promise<string> =>
  project.compose('exec', '-T', '--user', '802', '--workdir', SHARED, `gateway-${number}`, 'bash', '-ec', script);

describe('a directory shared over NFS through FUSE', () => {
  it('is a true mount, filled with what the image has in its place', async () => {
    expect(await onGateway(1, `grep ${SHARED} /proc/mounts`)).toContain('fuse.nfs');
    expect(await onGateway(2, 'ls && stat -c %u:%g default')).toBe('default\n802:802');
  });

  it('shows one gateway at once what the other one does', async () => {
    await onGateway(1, 'echo one >a.draft; chmod 640 a.draft; mv a.draft default/api/a.xml');
    expect(await onGateway(2, 'cat default/api/a.xml; stat -c "%u:%g %a" default/api/a.xml')).toBe('one\n802:802 640');
    await onGateway(2, 'echo two >>default/api/a.xml');
    expect(await onGateway(1, 'cat default/api/a.xml; rm default/api/a.xml')).toBe('one\ntwo');
    expect(await onGateway(2, 'ls default/api')).toBe('');
  });

  it('appends behind what another gateway has appended since the file was opened', async () => {
    const wait = (file: string) => `until [ -e ${file} ]; do :; done`;
    await Promise.all([
      onGateway(1, `exec 3>>log; echo one >&3; touch opened; ${wait('appended')}; echo three >&3`),
      onGateway(2, `${wait('opened')}; echo two >>log; touch appended`),
    ]);
    expect(await onGateway(2, 'cat log; rm log opened appended')).toBe('one\ntwo\nthree');
  });

  it('has links, times, sizes and exclusive creation', async () => {
    await onGateway(1, 'mkdir files; cd files; echo x >f; ln f hard; ln -s f soft; touch -d @1000 f');
    expect(await onGateway(2, 'cd files; stat -c "%h %Y" f; readlink soft')).toBe('2 1000\nf');
    await expect(onGateway(2, 'set -o noclobber; echo y >files/f')).rejects.toThrow('cannot overwrite');
    await expect(onGateway(2, 'rmdir files')).rejects.toThrow('not empty');
    expect(await onGateway(2, 'truncate -s 3M big; mv big files/f; stat -c "%s %h" files/f; rm -r files')).toBe(
      '3145728 1',
    );
  });

  it('judges permissions by the caller', async () => {
    await project.inside('gateway-1', 'install', '-m', '600', '/dev/null', `${SHARED}/of-root`);
    await expect(onGateway(2, 'cat of-root')).rejects.toThrow('Permission denied');
    await project.inside('gateway-1', 'rm', `${SHARED}/of-root`);
  });

  it('outlives a killed server: a call waits until it is back', async () => {
    await project.compose('kill', 'nfs');
    const waiting = onGateway(1, 'ls');
    await project.compose('up', '--detach', '--pull', 'never', 'nfs');
    expect(await waiting).toBe('default');
  });

  it('does not hold up the stop of a gateway when the server is gone', async () => {
    await project.compose('kill', 'nfs');
    await project.compose('stop', 'gateway-1');
    expect(await project.exitCode('gateway-1')).toBe(0);
  });

  it.each([
    ['--user=root', '--device /dev/fuse'],
    ['--user=802', 'as root'],
  ])('says what the container lacks (%s)', async (user, hint) => {
    const attempt = docker('run', '--rm', user, '--env', `NFS_MOUNTS=${NFS_MOUNTS}`, images.wso2am['3.0.0']);
    await expect(attempt).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(hint) });
  });
});
