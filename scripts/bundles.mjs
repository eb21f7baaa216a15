// What is bundled from the TypeScript sources, paths from the root of the package.
// The host's bundles hold their packages too: Node would spend 0.3 s on finding and reading their files. What signs
// certificates stays outside, for it is needed once in the life of a lab, and so do native modules, which ssh2 can do without.
const onHost = {
  format: 'esm',
  minifySyntax: true,
  splitting: true,
  external: ['@peculiar/x509', 'reflect-metadata', 'cpu-features', '*.node'],
  // What bundled CommonJS finds in its scope.
  banner: {
    js: [
      "import { createRequire } from 'node:module';",
      'const require = createRequire(import.meta.url), __dirname = import.meta.dirname;',
    ].join('\n'),
  },
};

// One file, so that an image needs no npm. Identifiers stay long: stack traces need their names, and to have them beside short ones
// (`keepNames`) took 20 MB more in each node and a call to define each closure.
const inImage = { format: 'cjs', minifyWhitespace: true, minifySyntax: true, legalComments: 'none' };

export const BUNDLES = [
  { entry: 'compose/wso2am/server/main.ts', outfile: 'compose/wso2am/dist/server.cjs', options: inImage },
  { entry: 'compose/backend/server/main.ts', outfile: 'compose/backend/dist/server.cjs', options: inImage },
  { entry: 'lab/cli.ts', outfile: 'dist/cli.mjs', options: onHost },
  { entry: 'lab/suite.ts', outfile: 'dist/suite.mjs', options: onHost },
  // Apart from the command line, because it loads nothing else and runs at every start of the lab.
  { entry: 'lab/images.ts', outfile: 'dist/images.mjs', options: onHost },
];
