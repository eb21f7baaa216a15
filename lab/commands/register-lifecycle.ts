import { type Command, Option } from 'commander';
import { connectDocker } from '../engine/docker.ts';
import { interruptSignal } from '../engine/interrupt.ts';
import { labStatus } from '../engine/lab-status.ts';
import { chosenLab } from '../engine/select-lab.ts';
import { chooseFace } from '../ui/face.ts';
import { labTable } from '../ui/lab-table.ts';
import { probeLines } from '../ui/probe-lines.ts';
import { curlCommand, sampleLines } from '../ui/sample-lines.ts';
import { down } from './down.ts';
import { jsonOption, labOption, packageRoot, productOption, timeoutOption, topologyOption } from './options.ts';
import { exitCodeOf, probe } from './probe.ts';
import { sampleApi } from './sample-api.ts';
import { up } from './up.ts';

/** Probes that every start ends with: tokens are issued, quotas enforced, and what was taken back is refused. */
const PROBES_AFTER_UP = ['token-issuance', 'throttling', 'cache-invalidation'];

type UpFlags = {
  topology: string;
  lab?: string;
  product?: string;
  timeout: number;
  dryRun: boolean;
  probes: boolean;
  sampleApi: boolean;
  json: boolean;
};

/** Commands that change a lab. */
export const registerLifecycle = (program: Command): void => {
  program
    .command('up')
    .description('start a lab, or change a running one to what its topology says')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(productOption())
    .addOption(timeoutOption())
    .addOption(new Option('--dry-run', 'say what would be done, and do nothing').env('APIM_LAB_DRY_RUN').default(false))
    .addOption(new Option('--no-probes', 'do not run the probes once all is healthy').env('APIM_LAB_NO_PROBES'))
    .addOption(
      new Option('--sample-api', 'publish an API once all is healthy, and print the curl command that calls it')
        .env('APIM_LAB_SAMPLE_API')
        .default(false),
    )
    .addOption(jsonOption())
    .action(async ({ dryRun, probes, json, ...options }: UpFlags) => {
      const face = chooseFace({ json });
      const root = packageRoot();
      const signal = interruptSignal();
      const bringUp = async () => {
        const result = await up({ ...options, dryRun, root, emit: face.emit, signal });
        if (dryRun || !options.sampleApi) return { result };
        return { result, call: await sampleApi({ lab: result.plan.lab, root, emit: face.emit, signal }) };
      };
      const { result, call } = await bringUp().finally(face.close);
      if (dryRun) {
        if (json) process.stdout.write(`${JSON.stringify(result.operations)}\n`);
        return;
      }
      // Without a change there is nothing new to prove, and a second start takes no longer than looking.
      const names = probes && result.operations.length > 0 ? PROBES_AFTER_UP : [];
      const verdicts = await probe({ lab: result.plan.lab, names, together: true, patience: 0, signal });
      const status = await labStatus(await connectDocker(), result.plan.lab);
      const sample = call && { ...call, curl: curlCommand(call, status.trust.caFile) };
      const answer = { ...status, probes: verdicts, ...(sample && { sampleApi: sample }) };
      process.stdout.write(
        json ? `${JSON.stringify(answer)}\n` : labTable(status) + (sample ? sampleLines(sample) : ''),
      );
      if (!json) process.stderr.write(probeLines(verdicts, { hops: 'failed' }));
      process.exitCode = exitCodeOf(verdicts);
    });

  program
    .command('down')
    .description('remove a lab with its data; succeeds also when it is gone')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(jsonOption())
    .action(async ({ json, ...choice }: { topology: string; lab?: string; json: boolean }) => {
      const removed = await down(await chosenLab(choice));
      const { containers, networks, volumes } = removed;
      process.stdout.write(
        json
          ? `${JSON.stringify(removed)}\n`
          : `removed ${containers.length} containers, ${networks} networks, ${volumes} volumes\n`,
      );
    });
};
