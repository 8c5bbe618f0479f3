import { expect, test } from 'vitest';
import { Cursor, type Position } from './cursor.svelte';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

function grid(stops: string[] = []): Cursor {
  return new Cursor(
    () => 4,
    () => 3,
    (position: Position) => stops.includes(Cursor.key(position)),
  );
}

test('arrows stop at the edges', () => {
  const cursor = grid();
  cursor.press({ ...plain, key: 'ArrowUp' });
  expect(cursor.focus).toEqual({ row: 0, column: 0 });
  for (let press = 0; press < 9; press++) cursor.press({ ...plain, key: 'ArrowDown' });
  expect(cursor.focus).toEqual({ row: 3, column: 0 });
});

test('Ctrl with an arrow leaps to the next cell to decide, else to the edge', () => {
  const cursor = grid(['2:0']);
  cursor.press({ ...plain, ctrlKey: true, key: 'ArrowDown' });
  expect(cursor.focus).toEqual({ row: 2, column: 0 });
  cursor.press({ ...plain, ctrlKey: true, key: 'ArrowDown' });
  expect(cursor.focus).toEqual({ row: 3, column: 0 });
});

test('Shift extends from where it began, also when it turns back', () => {
  const cursor = grid();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp'])
    cursor.press({ ...plain, shiftKey: true, key });
  expect([...cursor.marked].sort()).toEqual(['0:0', '0:1', '1:0', '1:1']);
});

test('space marks and unmarks; escape unmarks all and then is nobody’s', () => {
  const cursor = grid();
  cursor.press({ ...plain, key: ' ' });
  expect(cursor.isMarked(0, 0)).toBe(true);
  cursor.press({ ...plain, key: ' ' });
  expect(cursor.marked.size).toBe(0);
  cursor.press({ ...plain, ctrlKey: true, key: 'a' });
  expect(cursor.marked.size).toBe(12);
  expect(cursor.press({ ...plain, key: 'Escape' })).toBe('unmark');
  expect(cursor.press({ ...plain, key: 'Escape' })).toBeNull();
});

test('Tab and chords with Alt are not the grid’s', () => {
  expect(grid().press({ ...plain, key: 'Tab' })).toBeNull();
  expect(grid().press({ ...plain, altKey: true, key: 'ArrowLeft' })).toBeNull();
});

test('home and end go along the row, with Ctrl to the corners', () => {
  const cursor = grid();
  cursor.press({ ...plain, key: 'End' });
  expect(cursor.focus).toEqual({ row: 0, column: 2 });
  cursor.press({ ...plain, ctrlKey: true, key: 'End' });
  expect(cursor.focus).toEqual({ row: 3, column: 2 });
  cursor.press({ ...plain, ctrlKey: true, key: 'Home' });
  expect(cursor.focus).toEqual({ row: 0, column: 0 });
});
