import { expect, test } from 'vitest';
import { caseSummary } from '../../../tests/fixtures';
import { tasksOf } from './tasks';

test('each open case asks for the one thing that is next', () => {
  const tasks = tasksOf([
    caseSummary({ id: 'vacio', bids: 0, undecided: 0 }),
    caseSummary({ id: 'a-medias', bids: 4, undecided: 12 }),
    caseSummary({ id: 'decidido', bids: 4, undecided: 0 }),
  ]);
  expect(tasks.map((task) => [task.case.id, task.room])).toEqual([
    ['decidido', 'acta'],
    ['a-medias', 'matriz'],
    ['vacio', 'documentos'],
  ]);
  expect(tasks[1]?.what).toContain('12');
});

test('a signed case and one that cannot be opened ask for nothing', () => {
  expect(
    tasksOf([caseSummary({ signed: true }), caseSummary({ unavailable: 'Está abierto en otro programa.' })]),
  ).toEqual([]);
});
