import { Argument, type Command, Option } from 'commander';
import { interruptSignal } from '../engine/interrupt.ts';
import { chosenLab } from '../engine/select-lab.ts';
import { WAYS, type Way } from '../faults/fault.ts';
import type { FaultEvent } from '../faults/fault-event.ts';
import { faultLine, healedLines } from '../ui/fault-lines.ts';
import { fault } from './fault.ts';
import { heal } from './heal.ts';
import { jsonOption, labOption, positiveNumber, topologyOption } from './options.ts';

type Choice = { topology: string; lab?: string; json: boolean };

/** Commands that break a lab on purpose and mend it. Being ended is how a fault succeeds. */
export const registerFaults = (program: Command): void => {
  program
    .command('fault')
    .description('take a node or another part away until Ctrl-C, and bring it back')
    .argument('<node>')
    .addArgument(new Argument('<way>', 'killed, paused, or cut off from the network').choices(WAYS))
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(
      new Option('--for <seconds>', 'bring it back after so long; without it, at Ctrl-C')
        .env('APIM_LAB_FOR')
        .argParser(positiveNumber),
    )
    .addOption(jsonOption())
    .action(async (node: string, way: Way, { for: seconds, json, ...choice }: Choice & { for?: number }) => {
      await fault({
        lab: await chosenLab(choice),
        node,
        way,
        emit: (event: FaultEvent) => process.stdout.write(json ? `${JSON.stringify(event)}\n` : faultLine(event)),
        ...(seconds !== undefined && { duration: seconds * 1000 }),
        signal: interruptSignal(),
      });
    });

  program
    .command('heal')
    .description('bring every node back that "fault" or a probe took away; succeeds also when none is')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(jsonOption())
    .action(async ({ json, ...choice }: Choice) => {
      const healed = await heal(await chosenLab(choice));
      process.stdout.write(json ? `${JSON.stringify({ healed })}\n` : healedLines(healed));
    });
};
