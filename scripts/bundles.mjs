// What is bundled from the TypeScript sources, paths from the root of the package.
const onHost = { format: 'esm', packages: 'external' };

export const BUNDLES = [
  // One file, so that the simulator's image needs no npm.
  {
    entry: 'compose/wso2am/server/main.ts',
    outfile: 'compose/wso2am/dist/server.cjs',
    options: { format: 'cjs', minify: true, keepNames: true, legalComments: 'none' },
  },
  { entry: 'lab/cli.ts', outfile: 'dist/cli.mjs', options: onHost },
  // Apart from the command line, because it loads nothing else and runs at every start of the lab.
  { entry: 'lab/images.ts', outfile: 'dist/images.mjs', options: onHost },
];
