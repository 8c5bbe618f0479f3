import { expect, test } from 'vitest';
import { Session } from '$lib/app/session.svelte';
import { caseView, smallMatrix } from '../../../tests/fixtures';
import { chosen, entriesOf } from './palette';

test('without a case nothing of a case is offered', () => {
  const ids = entriesOf(new Session()).map((entry) => entry.id);
  expect(ids).toContain('nuevo');
  expect(ids).not.toContain('acta');
  expect(ids).not.toContain('requisito');
});

test('a bid opens in the matrix, on the requirement at hand', () => {
  const session = new Session();
  session.case = caseView();
  session.matrix = smallMatrix(['proposed', 'open'], ['open', 'open']);
  session.lastCell = { requirement: 'R2', bid: 'b1' };
  const [found] = chosen(entriesOf(session), 'oferta 2');
  expect(found?.words).toBe('Oferta 2 · Oferente 2 S.A.');
  found?.run();
  expect(session.place.room).toBe('matriz');
  expect(session.lastCell).toEqual({ requirement: 'R2', bid: 'b2' });
});

test('what begins with the words comes first, accents aside', () => {
  const entry = (words: string) => ({ id: words, words, about: '', run: () => undefined });
  const found = chosen([entry('Abrir matriz'), entry('Decidir'), entry('Matríz de cumplimiento')], 'matri');
  expect(found.map(({ words }) => words)).toEqual(['Matríz de cumplimiento', 'Abrir matriz']);
});
