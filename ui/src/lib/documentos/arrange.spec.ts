import { expect, test } from 'vitest';
import type { DocumentTypeView, DocumentView, FileView } from '$lib/ipc/bindings';
import { fileView } from '../../../tests/fixtures';
import { type ArrangeAct, current, matchingTypes, neighbour, orderFor, pageBeside, runs } from './arrange';

const document = (id: string, pages: number[]): DocumentView => ({
  id,
  kind: 'OTRO',
  name: id,
  confidence: 0.8,
  certain: false,
  pages,
  blank_form: false,
  typed: false,
  example: null,
});

function file(arranged = false): FileView {
  const [page] = fileView().pages;
  if (!page) throw new Error('a page');
  const pages = [1, 2, 3, 4, 5].map((number) => ({ ...page, number }));
  return fileView({ pages, arranged, documents: [document('a', [1, 2, 3]), document('b', [3, 4]), document('c', [5])] });
}

test('the document at hand is the chosen one while its page is shown', () => {
  const here = file();
  expect(current(here, 3, 'b')?.id).toBe('b');
  expect(current(here, 3, null)?.id, 'the first of two that share a page').toBe('a');
  expect(current(here, 5, 'b')?.id, 'another page, another document').toBe('c');
  expect(current(fileView(), 9, 'b')).toBeNull();
  const [a, b] = here.documents as [DocumentView, DocumentView];
  expect(neighbour(here, b, 1)?.id).toBe('c');
  expect(neighbour(here, a, -1)).toBeNull();
  expect(neighbour(here, null, 1)?.id, 'from nowhere, the first').toBe('a');
  expect([pageBeside(here, 2, 1), pageBeside(here, 5, 1), pageBeside(here, 1, -1)]).toEqual([3, null, null]);
});

test('each key asks for what it says, and for nothing where it makes no sense', () => {
  const here = file();
  const [a, b, c] = here.documents as [DocumentView, DocumentView, DocumentView];
  const asked = (act: ArrangeAct, of: DocumentView | null, page?: number) => orderFor(act, here, of, page);
  expect(asked('dividir', a, 2)).toEqual({ act: 'split', document: 'a', page: 2 });
  expect(asked('dividir', a, 1), 'it begins there already').toBeNull();
  expect(asked('dividir', a, 5), 'not one of its pages').toBeNull();
  expect(asked('unir_anterior', b, 4), 'the type of the one before stays').toEqual({ act: 'merge', document: 'a', other: 'b' });
  expect(asked('unir_siguiente', b, 4)).toEqual({ act: 'merge', document: 'b', other: 'c' });
  expect(asked('unir_anterior', a, 1)).toBeNull();
  expect(asked('unir_siguiente', c, 5)).toBeNull();
  expect(asked('subir', c, 5)).toEqual({ act: 'move', document: 'c', to: 1 });
  expect(asked('subir', a, 1)).toBeNull();
  expect(asked('bajar', a, 1)).toEqual({ act: 'move', document: 'a', to: 1 });
  expect(asked('bajar', c, 5)).toBeNull();
  expect(asked('subir_foja', a, 3)).toEqual({ act: 'move_page', document: 'a', page: 3, to: 1 });
  expect(asked('subir_foja', a, 1)).toBeNull();
  expect(asked('bajar_foja', a, 1)).toEqual({ act: 'move_page', document: 'a', page: 1, to: 1 });
  expect(asked('bajar_foja', a, 3)).toBeNull();
  expect(asked('dividir', null, 2)).toBeNull();
  expect(asked('volver', a, 1), 'nobody changed the cut').toBeNull();
  expect(orderFor('volver', file(true), a, 1)).toEqual({ act: 'withdraw' });
});

test('a type is found by typing, without accents and in any order of words', () => {
  const type = (id: string, name: string): DocumentTypeView => ({ id, name, group: 'soporte' });
  const types = [
    type('CERT_EXP', 'Certificado de experiencia'),
    type('FUO_1_4', 'Situación financiera'),
    type('RUC_SRI', 'Certificado de RUC'),
    type('POLIZA', 'Póliza de garantía'),
  ];
  const ids = (typed: string) => matchingTypes(types, typed).map((found) => found.id);
  expect(ids('poliza')).toEqual(['POLIZA']);
  expect(ids('experiencia certif')).toEqual(['CERT_EXP']);
  expect(ids('fuo_1_4')[0]).toBe('FUO_1_4');
  expect(ids('fuo 1 4')).toEqual(['FUO_1_4']);
  expect(ids('certificado')).toEqual(['CERT_EXP', 'RUC_SRI']);
  expect(ids('  ')).toHaveLength(4);
  expect(ids('zzz')).toEqual([]);
});

test('pages in another order than that of the file are written as they are read', () => {
  const join = (from: number, to: number) => `${from}-${to}`;
  expect(runs([4, 5, 6, 1], join)).toBe('4-6, 1');
  expect(runs([], join)).toBe('');
});
