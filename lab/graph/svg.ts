import { layOut, type PlacedArrow, type PlacedBox, type Point } from './layout.ts';
import type { ArrowCall, BoxKind, Picture } from './picture.ts';

const LEGEND_LINE = 18;
const BADGE = 9;

/** Pixels of a character of the legend, and of the place for who calls whom. */
const CHARACTER = 5.7;
const CALLERS = 296;

/** Characters of a line that a component's box has room for. */
const LONGEST = 50;

const FILLS: Readonly<Partial<Record<BoxKind, string>>> = { database: '#e8eef7', share: '#e8eef7', backend: '#eeeeee' };
const FILL = '#fff4e5';
const INK = '#1f2933';
const ARROW = '#52606d';

/** The picture as an SVG document: boxes, numbered arrows, and what each number means. Needs no script and no font. */
export const svgOf = (picture: Picture): string => {
  const { boxes, arrows, width, height } = layOut(picture);
  const titles = new Map(picture.boxes.map(({ id, title }) => [id, title]));
  const legend = arrows.flatMap((placed) =>
    placed.arrow.calls.map((call) => ({ placed, call, who: whoCallsWhom(titles, placed, call) })),
  );
  const total = height + (legend.length + 1) * LEGEND_LINE;
  const aside = Math.max(0, ...legend.map(({ who }) => Math.ceil(who.length * CHARACTER) - CALLERS));
  const right = width + aside;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${right} ${total}" width="${right}" height="${total}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(picture.title)}</title>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="${ARROW}"/></marker></defs>`,
    `<rect width="${right}" height="${total}" fill="#ffffff"/>`,
    text({ x: 24, y: 32 }, picture.title, 'font-size="18" font-weight="bold"'),
    ...arrows.map(arrowLine),
    ...boxes.map(boxShape),
    ...arrows.map(({ badge, number }) => badgeShape(badge, number)),
    ...legend.map((line, index) => legendLine(line, aside, height + (index + 1) * LEGEND_LINE)),
    '</svg>',
    '',
  ].join('\n');
};

const arrowLine = ({ line }: PlacedArrow): string =>
  line === undefined
    ? ''
    : `<path d="M${round(line.from)}L${round(line.to)}" stroke="${ARROW}" fill="none" marker-end="url(#tip)"/>`;

const boxShape = ({ box, x, y, width, height }: PlacedBox): string => {
  const lines = [
    ...box.fronts.map((each) => ({ each, style: 'font-style="italic"' })),
    ...box.members.map((each) => ({ each, style: '' })),
  ];
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${FILLS[box.kind] ?? FILL}" stroke="${INK}"${box.dmz ? ' stroke-dasharray="6 4"' : ''}/>`,
    text({ x: x + 12, y: y + 20 }, box.title, 'font-weight="bold"'),
    ...lines.map(({ each, style }, index) =>
      text({ x: x + 12, y: y + 38 + index * 16 }, clipped(each, width), `font-size="11" ${style}`),
    ),
  ].join('');
};

const badgeShape = ({ x, y }: Point, number: number): string =>
  `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${BADGE}" fill="${INK}"/>` +
  text({ x, y: y + 3.5 }, String(number), 'fill="#ffffff" font-size="10" text-anchor="middle"');

type LegendLine = { readonly placed: PlacedArrow; readonly call: ArrowCall; readonly who: string };

const whoCallsWhom = (
  titles: ReadonlyMap<string, string>,
  { arrow }: PlacedArrow,
  { ports, through }: ArrowCall,
): string => {
  const way = through ? `through ${through} on ${ports.join(', ')}` : `on ${ports.join(', ')}`;
  return `${titles.get(arrow.from)} to ${titles.get(arrow.to)} ${way}`;
};

/** `aside` is what the longest of the first texts takes from the others' place. */
const legendLine = ({ placed, call, who }: LegendLine, aside: number, y: number): string =>
  badgeShape({ x: 36, y: y - 4 }, placed.number) +
  text({ x: 54, y }, who, 'font-size="11"') +
  text({ x: 356 + aside, y }, call.key, 'font-size="11" font-family="Menlo, Consolas, monospace"') +
  text({ x: 672 + aside, y }, call.why, `font-size="11" fill="${ARROW}"`);

const text = ({ x, y }: Point, content: string, style: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${style}>${escaped(content)}</text>`;

const clipped = (content: string, width: number): string =>
  content.length > LONGEST && width < 500 ? `${content.slice(0, LONGEST - 1)}…` : content;

const round = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
