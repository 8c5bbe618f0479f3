import type { EvidenceView, IndicioRow, IndicioSide, IndiciosView } from '$lib/ipc/bindings';

/** The indicios of one indicator. */
export interface Group {
  code: string;
  name: string;
  rows: IndicioRow[];
}

/** Puts the indicios under their indicator, in the order in which they come; those about one bid only, where one is asked. */
export function groupsOf(view: IndiciosView, dismissed: boolean, bid: number | null): Group[] {
  const groups = new Map<string, Group>();
  for (const row of view.rows) {
    if ((row.dismissed !== null) !== dismissed || (bid !== null && !row.bids.includes(bid))) continue;
    const group = groups.get(row.code) ?? { code: row.code, name: row.name, rows: [] };
    group.rows.push(row);
    groups.set(row.code, group);
  }
  return [...groups.values()];
}

/** The bids that any indicio names, by number. */
export function named(view: IndiciosView): { number: number; name: string }[] {
  const found = new Map<number, string>();
  for (const side of view.rows.flatMap((row) => row.sides)) found.set(side.number, side.name);
  return [...found].map(([number, name]) => ({ number, name })).sort((a, b) => a.number - b.number);
}

/** One page of a bid with everything on it that an indicio rests on; without a page where the words stand elsewhere. */
export interface Sheet {
  key: string;
  page: number | null;
  pieces: EvidenceView[];
}

const pageOf = (piece: EvidenceView) => (piece.place.kind === 'elsewhere' ? null : piece.place.page);

/** Puts the pieces of a side on their pages, each page once, in the order in which they were seen. */
export function sheetsOf(side: IndicioSide): Sheet[] {
  const sheets = new Map<string, Sheet>();
  for (const piece of side.pieces) {
    const page = pageOf(piece);
    const key = page === null ? `${piece.file}|${piece.place_text}` : `${piece.file}|${page}`;
    const sheet = sheets.get(key) ?? { key, page, pieces: [] };
    sheet.pieces.push(piece);
    sheets.set(key, sheet);
  }
  return [...sheets.values()];
}

/** The page of the other side that stands across: the one that holds the piece of the same turn, for pieces that come in pairs. */
export function across(left: IndicioSide, right: IndicioSide, at: number): number {
  const [from, to] = [sheetsOf(left), sheetsOf(right)];
  const first = left.pieces.findIndex((piece) => from[at]?.pieces.includes(piece));
  const paired = left.pieces.length === right.pieces.length ? right.pieces[first] : undefined;
  const found = paired ? to.findIndex((sheet) => sheet.pieces.includes(paired)) : at;
  return Math.max(0, Math.min(found, to.length - 1));
}

/** A box in percent of its page. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where on the page its words stand. */
export function boxesOf(sheet: Sheet): Box[] {
  return sheet.pieces.flatMap(({ place }) => {
    if (place.kind !== 'page' || place.width <= 0 || place.height <= 0) return [];
    return place.quads.map((quad) => {
      const xs = quad.filter((_, index) => index % 2 === 0);
      const ys = quad.filter((_, index) => index % 2 === 1);
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      return {
        left: (left / place.width) * 100,
        top: (top / place.height) * 100,
        width: ((Math.max(...xs) - left) / place.width) * 100,
        height: ((Math.max(...ys) - top) / place.height) * 100,
      };
    });
  });
}
