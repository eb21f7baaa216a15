import type { ArrowCall, Box, Picture } from './picture.ts';

/** The picture as a Mermaid flowchart, which code hosts draw in Markdown. */
export const mermaidOf = ({ title, boxes, arrows }: Picture): string =>
  [
    '---',
    `title: ${title}`,
    '---',
    'flowchart LR',
    ...boxes.flatMap(boxLines),
    ...arrows.map(({ from, to, calls }) => `  ${from} -->|${calls.map(callLabel).join('<br/>')}| ${to}`),
    '',
  ].join('\n');

/** Without subgraphs: arrows between those have no stable layout. */
const boxLines = ({ id, kind, title, members, fronts }: Box): readonly string[] => {
  const text = [`<b>${title}</b>`, ...fronts, ...members].map(escaped).join('<br/>');
  return [`  ${id}${SHAPES[kind] ? `[("${text}")]` : `["${text}"]`}`];
};

const SHAPES: Readonly<Partial<Record<Box['kind'], true>>> = { database: true, share: true };

const callLabel = ({ ports, through, key }: ArrowCall): string =>
  escaped(`${through ? `${through}:` : ''}${ports.join(', ')} ${key}`);

/** Characters that would end a label. The bold title is ours. */
const escaped = (text: string): string => text.replaceAll('"', '#quot;').replaceAll('|', '#124;');
