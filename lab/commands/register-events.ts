import { type Command, Option } from 'commander';
import { interruptSignal } from '../engine/interrupt.ts';
import { chosenLab } from '../engine/select-lab.ts';
import { EXIT } from '../errors/codes.ts';
import type { TopicEvent } from '../probes/topics/topic-event.ts';
import { TOPICS } from '../product/topics.ts';
import { eventLine } from '../ui/event-line.ts';
import { events } from './events.ts';
import { jsonOption, labOption, positiveNumber, topologyOption } from './options.ts';

type EventsFlags = { topology: string; lab?: string; topic: string[]; for?: number; json: boolean };

/** The live view of a lab's topics. Being ended is how it succeeds. */
export const registerEvents = (program: Command): void => {
  program
    .command('events')
    .description('watch what the Traffic Managers tell: decisions, blocking, revocations, notifications')
    .addOption(topologyOption())
    .addOption(labOption())
    .addOption(
      new Option('--topic <topic...>', `only these: ${TOPICS.join(', ')}`).env('APIM_LAB_TOPIC').default([], 'all'),
    )
    .addOption(
      new Option('--for <seconds>', 'end after so long; without it, at Ctrl-C')
        .env('APIM_LAB_FOR')
        .argParser(positiveNumber),
    )
    .addOption(jsonOption())
    .action(async ({ topic, for: seconds, json, ...choice }: EventsFlags) => {
      const reader = new AbortController();
      // Whoever reads the lines may have enough of them: `apim-lab events | head`.
      process.stdout.on('error', () => reader.abort());
      const time = seconds === undefined ? [] : [AbortSignal.timeout(seconds * 1000)];
      const heard = await events({
        lab: await chosenLab(choice),
        topics: [topic].flat(),
        emit: (event: TopicEvent) => process.stdout.write(json ? `${JSON.stringify(event)}\n` : eventLine(event)),
        signal: AbortSignal.any([interruptSignal(), reader.signal, ...time]),
      });
      process.exitCode = heard ? EXIT.done : EXIT.unknown;
    });
};
