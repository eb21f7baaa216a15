import { type Command, Option } from 'commander';
import { interruptSignal } from '../engine/interrupt.ts';
import { chosenLab } from '../engine/select-lab.ts';
import { EXIT } from '../errors/codes.ts';
import { PROBES } from '../probes/probes.ts';
import { checkLines } from '../ui/check-lines.ts';
import { labTable } from '../ui/lab-table.ts';
import { probeLines } from '../ui/probe-lines.ts';
import { check } from './check.ts';
import { exec } from './exec.ts';
import { GRAPH_FORMATS, type GraphFormat, graph } from './graph.ts';
import { logs } from './logs.ts';
import { jsonOption, labOption, packageRoot, patienceOption, topologyOption } from './options.ts';
import { exitCodeOf, probe } from './probe.ts';
import { render } from './render.ts';
import { status } from './status.ts';
import { validate } from './validate.ts';

type Choice = { topology: string; lab?: string };

/** Commands that look at a lab, or at what would become one, and change nothing but files. */
export const registerInspection = (program: Command): void => {
  program
    .command('status')
    .description('show a lab: nodes, health, URLs, memory')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(jsonOption())
    .action(async ({ json, ...choice }: Choice & { json: boolean }) => {
      const answer = await status(await chosenLab(choice));
      process.stdout.write(json ? `${JSON.stringify(answer)}\n` : labTable(answer, answer.faults));
      const healthy = [...answer.nodes, ...answer.parts].every(({ health }) => health === 'healthy');
      process.exitCode = healthy && answer.faults.length === 0 ? EXIT.done : EXIT.fail;
    });

  program
    .command('logs')
    .description('print the output of nodes')
    .argument('[node...]', 'nodes; all when none is named')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(new Option('-f, --follow', 'go on printing').env('APIM_LAB_FOLLOW').default(false))
    .addOption(new Option('-n, --tail <lines>', 'only the last lines of each node').env('APIM_LAB_TAIL').default('all'))
    .action(async (nodes: string[], { follow, tail, ...choice }: Choice & { follow: boolean; tail: string }) => {
      process.exitCode = await logs({ lab: await chosenLab(choice), nodes, follow, tail });
    });

  program
    .command('exec')
    .description('run a command in a node')
    .argument('<node>')
    .argument('<command...>')
    .passThroughOptions()
    .addOption(topologyOption())
    .addOption(labOption())
    .action(async (node: string, command: string[], choice: Choice) => {
      process.exitCode = await exec({ lab: await chosenLab(choice), node, command });
    });

  program
    .command('probe')
    .description('prove that something really works, hop by hop')
    .argument('<name...>', `probes to run: ${Object.keys(PROBES).join(', ')}`)
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(patienceOption())
    .addOption(jsonOption())
    .action(async (names: string[], { patience, json, ...choice }: Choice & { patience: number; json: boolean }) => {
      const signal = interruptSignal();
      const verdicts = await probe({ lab: await chosenLab(choice), names, patience: patience * 1000, signal });
      const [first] = verdicts;
      process.stdout.write(
        json ? `${JSON.stringify(verdicts.length === 1 ? first : verdicts)}\n` : probeLines(verdicts, { hops: 'all' }),
      );
      process.exitCode = exitCodeOf(verdicts);
    });

  program
    .command('check')
    .description('say what this machine lacks for a topology')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(jsonOption())
    .action(async ({ json, ...choice }: Choice & { json: boolean }) => {
      const checks = await check({ ...choice, root: packageRoot() });
      process.stdout.write(json ? `${JSON.stringify(checks)}\n` : checkLines(checks));
      process.exitCode = checks.every(({ problems }) => problems.length === 0) ? EXIT.done : EXIT.machine;
    });

  program
    .command('validate')
    .description('check a topology file')
    .argument('[file]', 'the same as --topology')
    .addOption(topologyOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, { topology, json }: { topology: string; json: boolean }) => {
      const { lab, version, nodes } = await validate(file ?? topology);
      process.stdout.write(
        json
          ? `${JSON.stringify({ lab, version, nodes })}\n`
          : `${file ?? topology}: ${lab}, WSO2 API Manager ${version}, ${nodes.map(({ name }) => name).join(', ')}\n`,
      );
    });

  program
    .command('render')
    .description('write every file of a lab, without Docker')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(new Option('-o, --out <directory>', 'where to; default .lab/<lab>').env('APIM_LAB_OUT'))
    .addOption(jsonOption())
    .action(async ({ json, ...choice }: Choice & { out?: string; json: boolean }) => {
      const rendered = await render({ ...choice, root: packageRoot() });
      process.stdout.write(
        json ? `${JSON.stringify(rendered)}\n` : `${rendered.files.length} files in ${rendered.directory}\n`,
      );
    });

  program
    .command('graph')
    .description('draw a topology: nodes, load balancers, database, share, and which key makes who call whom')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(
      new Option('-f, --format <format>', 'form of the picture')
        .env('APIM_LAB_FORMAT')
        .choices(GRAPH_FORMATS)
        .default('svg' satisfies GraphFormat),
    )
    .addOption(jsonOption())
    .action(async ({ format, json, ...choice }: Choice & { format: GraphFormat; json: boolean }) => {
      process.stdout.write(await graph({ ...choice, root: packageRoot() }, json ? 'json' : format));
    });
};
