import { expect, test } from 'vitest';
import type { CureBidView, CureChangeView, CureRequestView } from '$lib/ipc/bindings';
import { pagesFor, unique, written } from './pages';

const place = (file: string, page: number | null) => ({ file, file_name: `carpeta/${file}.pdf`, page, quote: '' });
const request = { number: 2, evidence: [place('oferta', 4)] } as CureRequestView;
const change = (asked: number | null, file: string) => ({ asked_by: asked, after_at: place(file, 1) }) as CureChangeView;

test('a result rests first on the pages of the answer that was asked for', () => {
  const bid = { received: '2026-03-09T10:15', files: [place('anexo', null)] } as CureBidView;
  const { chosen, all } = pagesFor(request, bid, [change(2, 'respuesta'), change(1, 'otra')]);
  expect(chosen.map((entry) => entry.file)).toEqual(['respuesta']);
  expect(all.map((entry) => `${entry.file} ${entry.page}`)).toEqual(['respuesta 1', 'anexo 1', 'oferta 4']);
});

test('where nothing came the pages of the bid show what was not cured, and where something came they are not taken by themselves', () => {
  const silent = { received: null, files: [] } as unknown as CureBidView;
  expect(pagesFor(request, silent, []).chosen.map((entry) => entry.file)).toEqual(['oferta']);
  const late = { received: '2026-03-19T10:15', files: [place('anexo', null)] } as CureBidView;
  expect(pagesFor(request, late, []).chosen).toEqual([]);
});

test('pages are written once, by their file', () => {
  const places = unique([place('a', 1), place('a', 1), place('a', null)]);
  expect(written(places, (n) => `página ${n}`)).toBe('a.pdf, página 1; a.pdf');
});
