import { describe, expect, it } from 'vitest';
import type { AskedRow, MatrixView } from '$lib/ipc/bindings';
import { along, complete, ordered, reviews, shown } from './asked';

const row = (id: string, standing: AskedRow['standing'], lot: string | null = null) =>
  ({ requirement: { id }, standing, lot }) as unknown as AskedRow;

describe('what is shown', () => {
  const rows = [row('A', 'stated'), row('B', 'recognised', 'Lote 1'), row('C', 'rejected', 'Lote 2'), row('D', 'from_model')];
  const ids = (filtered: AskedRow[]) => filtered.map((one) => one.requirement.id).join('');

  it('is everything, also what does not count', () => expect(ids(shown(rows, 'todo', ''))).toBe('ABCD'));
  it('is what waits for a word', () => expect(ids(shown(rows, 'esperan', ''))).toBe('BD'));
  it('of a lot has also what is asked of all', () => expect(ids(shown(rows, 'todo', 'Lote 1'))).toBe('ABD'));
  it('tells what was rejected', () => expect(ids(shown(rows, 'no_cuentan', ''))).toBe('C'));
});

describe('an aclaración', () => {
  it('never takes out what is not there yet', () => {
    expect(complete({ requirement: '', takenOut: true, text: 'algo' })).toBe(false);
    expect(ordered({ requirement: '', takenOut: true, text: ' algo ' })).toMatchObject({ taken_out: false, text: 'algo' });
  });
  it('leaves what it does not say', () => {
    expect(ordered({ requirement: 'R1', takenOut: false, text: 'Seis meses' })).toMatchObject({
      requirement: 'R1',
      text: 'Seis meses',
      kind: null,
      lot: null,
    });
  });
});

it('finds the decisions to look at again, with the number of the bid', () => {
  const matrix = {
    columns: [{ bid: 'b', number: 4 }],
    groups: [
      {
        rows: [
          { requirement: { id: 'R1', title: 'Uno' }, cells: [{ bid: 'b', review: true }] },
          { requirement: { id: 'R2', title: 'Dos' }, cells: [{ bid: 'b', review: true }] },
        ],
      },
    ],
  } as unknown as MatrixView;
  expect(reviews(matrix, ['R1'])).toEqual([{ cell: { requirement: 'R1', bid: 'b' }, bid: 4, title: 'Uno' }]);
  expect(reviews(null, ['R1'])).toEqual([]);
});

it('moves along the parts in a ring', () => {
  expect(along('lista', 'ArrowLeft')).toBe('revision');
  expect(along('lista', 'a')).toBeUndefined();
});
