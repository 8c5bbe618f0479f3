import { expect, test } from 'vitest';
import { asTable, asText } from './clipboard';
import { cell, parameter, view } from './fixtures';
import { asked, blank, draftOf, keyOf, readNumber, taken } from './questions';

test('each question is asked once: of the parameter before its bids, never of what is set aside', () => {
  const kind = parameter('PTO-3', [cell(1, null), cell(2, null)], { kind: null, questions: ['¿Cómo se puntúa?'] });
  const value = parameter('PTO-6', [cell(1, null), cell(2, '5,00')]);
  const out = parameter('PTO-7', [cell(1, null)], { set_aside: 'no se aplica' });
  const points = view([kind, value, out], [kind, value, out], []);
  expect(asked(points).map(keyOf)).toEqual(['formula|PTO-3|', 'value|PTO-6|1']);
});

test('what the Portal takes from a bid is asked also where the report waits for its formula', () => {
  const portal = parameter('PTO-6', [cell(1, null)]);
  const motivated = parameter('PTO-6', [cell(1, null)], { kind: null, questions: ['Las fuentes no coinciden'] });
  expect(asked(view([portal], [motivated], ['PTO-6'])).map(keyOf)).toEqual(['formula|PTO-6|', 'value|PTO-6|1']);
});

test('a number is read as people write it; what can be read in two ways is none', () => {
  expect(readNumber('12,5')).toBe('12.5');
  expect(readNumber('1.142.305,18')).toBe('1142305.18');
  expect(readNumber('65,04 %')).toBe('65.04');
  expect(readNumber('USD 148.544,00')).toBe('148544.00');
  expect(readNumber('12.650'), 'twelve thousand or twelve and a half').toBeNull();
  expect(['', 'cinco', '-5'].map(readNumber)).toEqual([null, null, null]);
});

const question = (kind: 'value' | 'formula' | 'counts' | 'weights') => ({ kind, requirement: 'PTO-3', name: '', bid: 1, text: '' });

test('an answer is made only when nothing of it is missing', () => {
  expect(draftOf(question('value'), blank())).toBeNull();
  expect(draftOf(question('value'), { ...blank(), value: '4,5' })).toEqual({ about: 'value', requirement: 'PTO-3', bid: 1, value: '4.5' });
  expect(draftOf(question('value'), { ...blank(), yes: false }, true), 'no is an answer').toMatchObject({ value: '0' });
  expect(draftOf(question('counts'), blank()), 'nothing chosen is no answer').toBeNull();
  expect(draftOf(question('weights'), { ...blank(), technical: '0,8', economic: '' })).toBeNull();
});

test('a range needs both ends, a proportion neither, steps at least one that is whole', () => {
  const range = { ...blank(), formula: 'range' as const, least: '15' };
  expect(draftOf(question('formula'), range)).toBeNull();
  expect(draftOf(question('formula'), { ...range, most: '20' })).toMatchObject({ formula: { kind: 'range', least: '15', most: '20' } });
  const proportional = { ...blank(), formula: 'proportional' as const };
  expect(draftOf(question('formula'), proportional)).toMatchObject({ formula: { least: null, most: null } });
  expect(draftOf(question('formula'), { ...proportional, least: 'diez' }), 'what is written must be a number').toBeNull();
  const steps = { ...blank(), formula: 'steps' as const };
  expect(draftOf(question('formula'), steps)).toBeNull();
  const two = [
    { from: '1', points: '2' },
    { from: '', points: '' },
  ];
  expect(draftOf(question('formula'), { ...steps, steps: two })).toMatchObject({ formula: { steps: [{ from: '1', points: '2' }] } });
});

test('the formula of a source is taken into the form and given back the same', () => {
  const formula = { kind: 'range' as const, least: '15.5', most: '30', steps: [] };
  const written = taken(blank(), formula);
  expect(written.least).toBe('15,5');
  expect(draftOf(question('formula'), written)).toMatchObject({ formula });
});

test('attack: the name of a bidder is no formula in a spreadsheet and no markup in a table', () => {
  const rows = [['Parámetro', '=HYPERLINK("http://x")'], ['Total', '<img src=x>\t1']];
  expect(asText(rows)).toBe('Parámetro\t\'=HYPERLINK("http://x")\nTotal\t<img src=x> 1');
  expect(asTable(rows)).toContain('<td>&lt;img src=x&gt;\t1</td>');
});
