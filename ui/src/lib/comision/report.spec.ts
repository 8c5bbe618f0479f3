import { expect, test } from 'vitest';
import type { ReportView } from '$lib/ipc/bindings';
import { blankPoint, blankReport, missingOf, sentReport, writtenReport } from './report';

const view: ReportView = {
  id: 'i',
  number: 'SC-01',
  date: '2026-02-01',
  signed_by: ['Ana Ejemplo', 'Luis Ejemplo'],
  document: 'abc',
  open: 1,
  points: [{ number: 3, text: 'No consta el patrimonio', requirement: 'MIN-1', bid: 2, handling: null, reasons: '' }],
};

test('a report goes into the form and back without losing anything', () => {
  const sent = sentReport(writtenReport(view));
  expect(sent).toEqual({
    id: 'i',
    number: 'SC-01',
    date: '2026-02-01',
    signed_by: ['Ana Ejemplo', 'Luis Ejemplo'],
    document: null,
    points: [{ number: 3, text: 'No consta el patrimonio', requirement: 'MIN-1', bid: 2 }],
  });
});

test('a new point has the next number, also after one was taken out', () => {
  expect(blankPoint(writtenReport(view).points).number).toBe('4');
});

test('what is missing is said, the first first', () => {
  const written = blankReport();
  expect(missingOf(written)).toBe('comision.sub.falta.numero');
  written.number = 'SC-01';
  expect(missingOf(written)).toBe('comision.falta.fecha');
  written.date = '2026-02-01';
  expect(missingOf(written)).toBe('comision.sub.falta.punto');
  written.points = [
    { number: '1', text: 'a', requirement: '', bid: '' },
    { number: '1', text: 'b', requirement: '', bid: '' },
  ];
  expect(missingOf(written)).toBe('comision.sub.falta.repetido');
  written.points.pop();
  expect(missingOf(written)).toBeNull();
});
