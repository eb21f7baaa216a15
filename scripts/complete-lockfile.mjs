#!/usr/bin/env node
// Adds to package-lock.json the optional packages of other platforms that npm left out. A registry mirror that holds the
// packages of one platform only makes npm drop the rest, and then refuse its own lockfile (npm ci, EUSAGE). Run it after
// every "npm install" behind such a mirror; a test notices when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';

const PLATFORM =
  /(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>arm64|arm|x64|ia32|ppc64|riscv64|s390x)(-(?<libc>musl|gnu))?/;
const LIBC = { musl: ['musl'], gnu: ['glibc'] };

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = Object.values(lock.packages).flatMap(({ optionalDependencies = {}, dev }) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !(`node_modules/${name}` in lock.packages))
    .flatMap(([name, version]) => {
      const { os, cpu, libc } = PLATFORM.exec(name)?.groups ?? {};
      if (os === undefined) return [];
      const entry = { version, cpu: [cpu], ...(dev && { dev }), ...(libc && os === 'linux' && { libc: LIBC[libc] }) };
      return [[`node_modules/${name}`, { ...entry, optional: true, os: [os] }]];
    }),
);
const [root, ...packages] = [...Object.entries(lock.packages), ...missing];
lock.packages = Object.fromEntries([root, ...packages.sort(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(`${missing.length} packages of other platforms added\n`);
