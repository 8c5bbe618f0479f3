import { expect, test } from 'vitest';
import { blankInstrument, blankSeat, keptInstrument, sentCommission, sentSession, withoutSeat } from './form';

test('an instrument of which nothing is written is none', () => {
  expect(keptInstrument({ ...blankInstrument(), number: '  ' })).toBeNull();
  expect(keptInstrument({ ...blankInstrument(), number: ' 012 ' })?.number).toBe('012');
});

test('the agenda is a point for each line, without empty ones', () => {
  const draft = { city: ' Quito ', place: '', modality: null, opened: '', closed: null, convocation: null, agenda: [] };
  const sent = sentSession(draft, blankInstrument(), 'Instalación\n\n  Apertura \n');
  expect(sent.agenda).toEqual(['Instalación', 'Apertura']);
  expect([sent.city, sent.opened, sent.convocation]).toEqual(['Quito', null, null]);
});

test('an empty seat is not sent, and whoever takes a place still takes the right one', () => {
  const seat = (name: string, substitutes: number | null = null) => ({ ...blankSeat('secretario'), name, substitutes });
  const written = { body: 'comision_tecnica' as const, designation: null, seats: [seat(''), seat('Ana'), seat('Luis', 1)] };
  const sent = sentCommission(written, blankInstrument());
  expect(sent.seats.map(({ name, substitutes }) => [name, substitutes])).toEqual([
    ['Ana', null],
    ['Luis', 0],
  ]);
});

test('taking a seat out leaves nobody in a place that is gone', () => {
  const seat = (name: string, substitutes: number | null = null) => ({ ...blankSeat('secretario'), name, substitutes });
  const left = withoutSeat([seat('Ana'), seat('Eva'), seat('Luis', 0), seat('Rosa', 1)], 0);
  expect(left.map(({ name, substitutes }) => [name, substitutes])).toEqual([
    ['Eva', null],
    ['Luis', null],
    ['Rosa', 0],
  ]);
});
