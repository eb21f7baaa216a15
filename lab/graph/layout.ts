import type { Arrow, Box, BoxKind, Picture } from './picture.ts';

/** Pixels. */
export type Point = { readonly x: number; readonly y: number };

export type PlacedBox = {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type PlacedArrow = {
  readonly arrow: Arrow;
  /** 1-based; the legend explains it. */
  readonly number: number;
  /** Absent where a component calls its own members. */
  readonly line: { readonly from: Point; readonly to: Point } | undefined;
  readonly badge: Point;
};

export type Layout = {
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
  readonly width: number;
  readonly height: number;
};

const COLUMN = 424;
const BOX_WIDTH = 296;
const MARGIN = 24;
const TITLE_HEIGHT = 56;
const ROW_GAP = 112;
const LINE_HEIGHT = 16;

/** Pixels between two arrows side by side, and from a box to the number of an arrow that leaves it. */
const ASIDE = 14;
const BADGE_AT = 26;

/**
 * Where everything stands, by column and row: components in between, so that no arrow has to pass behind another box. The
 * database is as wide as all of them, for every one calls it straight down. Further gateway environments stand below the first.
 */
const PLACES: Readonly<Record<BoxKind, { readonly column: number; readonly row: number }>> = {
  share: { column: 0.5, row: 0 },
  backend: { column: 1.5, row: 0 },
  publisher: { column: 0, row: 1 },
  gateway: { column: 1, row: 1 },
  'developer-portal': { column: 2, row: 1 },
  'traffic-manager': { column: 0.5, row: 2 },
  'key-manager': { column: 1.5, row: 2 },
  'all-in-one': { column: 1, row: 2 },
  database: { column: 1, row: 3 },
};

const LAST_COLUMN = 2;

/** Places boxes and arrows. Pure. */
export const layOut = ({ boxes, arrows }: Picture): Layout => {
  const rows = rowTops(boxes);
  const placed = boxes.map((box): PlacedBox => {
    const { column } = PLACES[box.kind];
    const row = rowOf(boxes, box);
    const wide = box.kind === 'database';
    const width = wide ? LAST_COLUMN * COLUMN + BOX_WIDTH : BOX_WIDTH;
    const middle = MARGIN + BOX_WIDTH / 2 + (wide ? LAST_COLUMN / 2 : column) * COLUMN;
    return { box, x: middle - width / 2, y: rows.get(row) ?? TITLE_HEIGHT, width, height: heightOf(box) };
  });
  const at = new Map(placed.map((each) => [each.box.id, each]));
  return {
    boxes: placed,
    arrows: arrows.flatMap((arrow, index) => {
      const [from, to] = [at.get(arrow.from), at.get(arrow.to)];
      return from && to ? [placeArrow(arrow, index + 1, from, to)] : [];
    }),
    width: 2 * MARGIN + LAST_COLUMN * COLUMN + BOX_WIDTH,
    height: Math.max(...placed.map(({ y, height }) => y + height)) + MARGIN,
  };
};

/** Boxes of one kind stand one below the other, before the next row. */
const rowOf = (boxes: readonly Box[], { id, kind }: Box): number => {
  const alike = boxes.filter((each) => each.kind === kind);
  return PLACES[kind].row + alike.findIndex((each) => each.id === id) / alike.length;
};

/** Tops of the rows that have boxes; each row is as high as its highest. */
const rowTops = (boxes: readonly Box[]): ReadonlyMap<number, number> => {
  const tops = new Map<number, number>();
  let top = TITLE_HEIGHT;
  for (const row of [...new Set(boxes.map((box) => rowOf(boxes, box)))].sort((a, b) => a - b)) {
    tops.set(row, top);
    top += Math.max(...boxes.filter((box) => rowOf(boxes, box) === row).map(heightOf)) + ROW_GAP;
  }
  return tops;
};

const heightOf = ({ members, fronts }: Box): number => (members.length + fronts.length + 1) * LINE_HEIGHT + 20;

const placeArrow = (arrow: Arrow, number: number, from: PlacedBox, to: PlacedBox): PlacedArrow => {
  if (from === to) return { arrow, number, line: undefined, badge: { x: from.x + from.width, y: from.y } };
  const start = centre(from);
  // Straight down to a box that is wider than its callers.
  const end = to.box.kind === 'database' ? { x: start.x, y: to.y + to.height / 2 } : centre(to);
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const along = { x: (end.x - start.x) / length, y: (end.y - start.y) / length };
  // To the right of its own direction: so arrows to and fro lie side by side.
  const shift = (point: Point): Point => ({ x: point.x - along.y * ASIDE, y: point.y + along.x * ASIDE });
  const [a, b] = [leave(from, shift(start), along), leave(to, shift(end), { x: -along.x, y: -along.y })];
  return {
    arrow,
    number,
    line: { from: a, to: b },
    badge: { x: a.x + along.x * BADGE_AT, y: a.y + along.y * BADGE_AT },
  };
};

const centre = ({ x, y, width, height }: PlacedBox): Point => ({ x: x + width / 2, y: y + height / 2 });

/** Where a line from inside a box crosses its border. */
const leave = ({ x, y, width, height }: PlacedBox, inside: Point, along: Point): Point => {
  const toSide = along.x === 0 ? Number.POSITIVE_INFINITY : ((along.x > 0 ? x + width : x) - inside.x) / along.x;
  const toTop = along.y === 0 ? Number.POSITIVE_INFINITY : ((along.y > 0 ? y + height : y) - inside.y) / along.y;
  const distance = Math.min(toSide, toTop);
  return { x: inside.x + along.x * distance, y: inside.y + along.y * distance };
};
