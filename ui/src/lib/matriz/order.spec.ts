import { expect, test } from 'vitest';
import { smallMatrix } from '../../../tests/fixtures';
import { cellName, isUndecided, nextUndecided, progressOf, rowsOf } from './order';

test('the next cell stays with the bid whose papers are on the desk', () => {
  const matrix = smallMatrix(['proposed', 'proposed'], ['decided', 'proposed'], ['proposed', 'decided']);
  expect(nextUndecided(matrix, { requirement: 'R1', bid: 'b1' })).toEqual({ requirement: 'R3', bid: 'b1' });
  expect(nextUndecided(matrix, { requirement: 'R3', bid: 'b1' })).toEqual({ requirement: 'R1', bid: 'b2' });
});

test('it goes round once and never answers the cell itself', () => {
  const matrix = smallMatrix(['proposed'], ['decided']);
  expect(nextUndecided(matrix, { requirement: 'R1', bid: 'b1' })).toBeNull();
  expect(nextUndecided(matrix, null)).toEqual({ requirement: 'R1', bid: 'b1' });
});

test('backwards from nowhere begins at the end', () => {
  const matrix = smallMatrix(['proposed'], ['proposed'], ['decided']);
  expect(nextUndecided(matrix, null, -1)).toEqual({ requirement: 'R2', bid: 'b1' });
});

test('sealed cells and those the law does not evaluate are not to be decided', () => {
  const matrix = smallMatrix(['sealed'], ['open']);
  const undecided = () => rowsOf(matrix).map((row) => row.cells.map((cell) => isUndecided(row, cell)));
  expect(undecided()).toEqual([[false], [true]]);
  const [, second] = rowsOf(matrix);
  if (second?.cells[0]) second.cells[0].not_evaluable = 'RGL 108';
  expect(undecided()).toEqual([[false], [false]]);
});

test('what gives points or is only shown is not to be decided, nor counted', () => {
  const matrix = smallMatrix(['decided'], ['proposed'], ['open']);
  const [, second, third] = rowsOf(matrix);
  if (second) second.requirement.kind = 'puntaje';
  if (third) third.requirement.kind = 'informativo';
  expect(nextUndecided(matrix, null)).toBeNull();
  expect(progressOf(matrix, 'b1')).toEqual({ decided: 1, total: 1 });
});

test('a cell is named by row and bid', () => {
  expect(cellName(smallMatrix(['open', 'open']), { requirement: 'R1', bid: 'b2' })).toBe('1 × 2');
});
