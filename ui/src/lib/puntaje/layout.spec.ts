import { expect, test } from 'vitest';
import { cell, parameter, scoring, view } from './fixtures';
import { fractionOf, heldBy, ownValue, placeOf, rowsOf, sumOf } from './layout';
import { linesOf, slopes } from './order';

const price = parameter('PTO-4', [cell(1, '50,00'), cell(2, '49,71')]);
const share = parameter('PTO-7', [cell(1, '8,79'), cell(2, '5,37')]);
const aside = { ...share, set_aside: 'no se aplica' };

test('what both scorings share stands once, and what differs under each with its total', () => {
  const rows = rowsOf(view([price, share], [price, aside], ['PTO-7']), 'dos');
  expect(rows.map((row) => (row.kind === 'parameter' ? `${row.of} ${row.parameter.requirement}` : row.kind))).toEqual([
    '1 PTO-4',
    'group',
    '0 PTO-7',
    'total',
    'group',
    '1 PTO-7',
    'total',
  ]);
});

test('where nothing differs there is no group, and both totals follow', () => {
  const rows = rowsOf(view([price], [price], []), 'dos');
  expect(rows.map((row) => row.kind)).toEqual(['parameter', 'total', 'total']);
});

test('one scoring alone has all its parameters', () => {
  const rows = rowsOf(view([price, share], [price, aside], ['PTO-7']), 'motivado');
  expect(rows).toHaveLength(3);
  const found = rows[1] && heldBy(view([price], [price], []), rows[1], 2);
  expect(found?.kind === 'points' && found.cell.points).toBe('5,37');
});

test('a step that divides is written as a fraction, with the word of each number', () => {
  const steps = [
    { step: 'precio más bajo entre las ofertas calificadas (Vial)', inputs: '', result: '1.124.870,00' },
    { step: 'puntaje máximo × precio más bajo / precio', inputs: '50 × 1.124.870,00 / 1.131.402,55', result: '49,7113…' },
  ];
  expect(fractionOf(cell(1, '49,71', { steps }))).toEqual({
    factor: '50',
    above: '1.124.870,00',
    below: '1.131.402,55',
    aboveName: 'precio más bajo',
    belowName: 'precio',
  });
  expect(fractionOf(cell(1, '5', { steps: steps.slice(0, 1) })), 'a step that does not divide').toBeNull();
});

test('the value of the bid is its own, not the one it is compared with', () => {
  const input = (number: number | null, value: string) => ({ number, name: '', value, sources: [] });
  const inputs = [input(null, '50'), input(2, 'USD 1.124.870,00'), input(1, 'USD 1.131.402,55')];
  expect(ownValue(cell(1, '49,71', { inputs }))).toBe('1.131.402,55');
  expect(ownValue(cell(3, '0,00', { inputs }))).toBeNull();
});

test('a parameter that is asked shows in the sum of a total, and one that does not count does not', () => {
  const asks = parameter('PTO-3', [cell(1, null)]);
  expect(sumOf(scoring('', [price, asks, aside], []), 1)).toBe('50,00 + ?');
});

test('who ties has the same place, and the drawing knows who changes theirs', () => {
  const points = view([price], [price], []);
  const left = linesOf(points, [{ place: 1, bids: [1, 2] }], () => '90');
  expect(left.map((line) => [line.place, line.tie])).toEqual([
    [1, true],
    [1, true],
  ]);
  const right = linesOf(points, [{ place: 1, bids: [2] }, { place: 2, bids: [1] }], () => '90');
  expect(slopes(left, right)).toEqual([
    { from: 0, to: 1, moves: true },
    { from: 1, to: 0, moves: false },
  ]);
  expect(placeOf([{ place: 3, bids: [2] }], 1), 'who has no total has no place').toBeNull();
});
