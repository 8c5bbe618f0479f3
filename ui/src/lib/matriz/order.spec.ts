import { expect, test } from 'vitest';
import { smallMatrix } from '../../../tests/fixtures';
import { cellName, isUndecided, nextUndecided, rowsOf } from './order';

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
  const [sealed, open] = rowsOf(matrix).map((row) => row.cells[0]);
  expect(sealed && isUndecided(sealed)).toBe(false);
  expect(open && isUndecided(open)).toBe(true);
  expect(open && isUndecided({ ...open, not_evaluable: 'RGL 108' })).toBe(false);
});

test('a cell is named by row and bid', () => {
  expect(cellName(smallMatrix(['open', 'open']), { requirement: 'R1', bid: 'b2' })).toBe('1 × 2');
});
