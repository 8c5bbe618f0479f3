import { expect, test } from 'vitest';
import type { EvidenceView, IndicioRow, IndiciosView } from '$lib/ipc/bindings';
import { across, boxesOf, groupsOf, named, sheetsOf } from './indicios';

function piece(file: string, page: number, top = 100): EvidenceView {
  return {
    file,
    file_name: `${file}.pdf`,
    place: { kind: 'page', page, width: 600, height: 800, quads: [[60, top, 120, top, 120, top + 20, 60, top + 20]] },
    place_text: `p. ${page}`,
    quote: '27,05',
    document: '',
    confidence: 1,
    extractor: 'x@1',
  };
}
function row(id: string, code: string, bids: number[], dismissed: string | null = null): IndicioRow {
  return {
    id,
    code,
    name: code,
    of_course: false,
    weighty: true,
    text: '',
    remedy: '',
    bids,
    places: [],
    sides: bids.map((number) => ({ number, name: `Oferente ${number}`, pieces: [] })),
    dismissed,
    dismissed_by: null,
    dismissed_at: null,
  };
}
const view = (rows: IndicioRow[]): IndiciosView => ({ live: 0, dismissed: 0, rows, bids: 4, indicators: [] });

test('indicios stand under their indicator as they come, and those of one bid alone when it is asked', () => {
  const all = view([row('a', 'P-02', [3, 1]), row('b', 'P-04', [1, 2]), row('c', 'P-02', [2, 4]), row('d', 'P-02', [1, 4], 'mismo fabricante')]);
  expect(groupsOf(all, false, null).map((group) => [group.code, group.rows.map((one) => one.id)])).toEqual([
    ['P-02', ['a', 'c']],
    ['P-04', ['b']],
  ]);
  expect(groupsOf(all, false, 3).flatMap((group) => group.rows.map((one) => one.id))).toEqual(['a']);
  expect(groupsOf(all, true, null).flatMap((group) => group.rows.map((one) => one.id)), 'a dismissed one stays listed').toEqual(['d']);
  expect(named(all).map((bid) => bid.number)).toEqual([1, 2, 3, 4]);
});

test('each page stands once with all its marks, and the page across is the one of the same rubro', () => {
  const left = { number: 1, name: '', pieces: [piece('a', 1), piece('a', 1, 200), piece('a', 2)] };
  const right = { number: 2, name: '', pieces: [piece('b', 5), piece('b', 6), piece('b', 6, 200)] };
  expect(sheetsOf(left).map((sheet) => [sheet.page, sheet.pieces.length])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(across(left, right, 1), 'the third rubro stands on page 6').toBe(1);
  expect(across(left, { ...right, pieces: right.pieces.slice(0, 1) }, 1), 'there is no second page').toBe(0);
  expect(across(left, { ...right, pieces: [] }, 1)).toBe(0);
});

test('marks are told in percent of their page, and what has no picture has none', () => {
  const [sheet] = sheetsOf({ number: 1, name: '', pieces: [piece('a', 1)] });
  expect(sheet && boxesOf(sheet)).toEqual([{ left: 10, top: 12.5, width: 10, height: 2.5 }]);
  const words: EvidenceView = { ...piece('a', 1), place: { kind: 'elsewhere' }, place_text: 'todo el archivo' };
  const [other] = sheetsOf({ number: 1, name: '', pieces: [words] });
  expect(other?.page).toBeNull();
  expect(other && boxesOf(other)).toEqual([]);
});
