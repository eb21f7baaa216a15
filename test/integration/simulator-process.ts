import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { HOME_PATHS, KEY_STORES } from '../../lab/product/image.ts';
import { LISTENERS } from '../../lab/product/ports.ts';
import type { Version } from '../../lab/product/versions.ts';
import type { Credential } from '../../lab/render/certificates/certificate-set.ts';
import { keyStore } from '../../lab/render/certificates/key-stores.ts';

const SERVER = fileURLToPath(new URL('../../compose/wso2am/dist/server.cjs', import.meta.url));

/** A simulated node as a process of this machine. */
export type NodeProcess = {
  readonly home: string;
  /** Console output so far. */
  output(): string;
  /** Resolves when the node says it has started; rejects with its output when it ends instead. */
  started(): Promise<void>;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
  signal(name: NodeJS.Signals): void;
};

/** A product home with key stores; its name gives the version. */
export const makeHome = (version: Version, toml: string, key: Credential, authority: Credential): string => {
  const parent = mkdtempSync(join(tmpdir(), 'apim-lab-node-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const home = join(parent, `wso2am-${version}`);
  mkdirSync(join(home, HOME_PATHS.security), { recursive: true });
  mkdirSync(join(home, 'repository/conf'), { recursive: true });
  writeFileSync(join(home, HOME_PATHS.deploymentToml), toml);
  const store = keyStore(key, authority);
  writeFileSync(join(home, HOME_PATHS.security, 'wso2carbon.jks'), store);
  writeFileSync(join(home, HOME_PATHS.security, KEY_STORES.trust), keyStore(authority, authority));
  return home;
};

/** Starts a node in a home; it ends with the test at the latest. */
export const startNode = (home: string, ...args: readonly string[]): NodeProcess => {
  const child = spawn(process.execPath, [SERVER, ...args], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close').then(([code]): number | null => code);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      child.emit('output');
    });
  }
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    home,
    output: () => output,
    started: () => Promise.race([said(child, () => output, 'Mgt Console URL'), endedEarly(ended, () => output)]),
    ended: () => ended,
    signal: (name) => void child.kill(name),
  };
};

const said = async (child: ChildProcess, output: () => string, text: string): Promise<void> => {
  while (!output().includes(text)) await once(child, 'output');
};

const endedEarly = async (ended: Promise<number | null>, output: () => string): Promise<never> => {
  const code = await ended;
  throw new Error(`the node ended with ${code}:\n${output()}`);
};

/** An offset at which every port of a node is free now; below the host ports of labs, which begin at 20000. */
export const freeOffset = async (): Promise<number> => {
  for (;;) {
    const offset = 1_000 + Math.floor(Math.random() * 9_000);
    const free = await Promise.all(Object.values(LISTENERS).map(({ base }) => isFree(base + offset)));
    if (free.every(Boolean)) return offset;
  }
};

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer();
  probe.listen(port, '127.0.0.1');
  const free = await once(probe, 'listening').then(
    () => true,
    () => false,
  );
  probe.close();
  return free;
};
