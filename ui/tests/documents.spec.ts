import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import type { DocumentView } from '../src/lib/ipc/bindings';
import { Border } from './desk';
import { fileView, pageView } from './fixtures';

let border: Border;

const document_ = (id: string, name: string, pages: number[], typed = false): DocumentView => ({
  id,
  kind: 'OTRO',
  name,
  confidence: 0.8,
  certain: typed,
  pages,
  blank_form: false,
  typed,
  example: null,
});

function file(arranged = false) {
  const [page] = fileView().pages;
  if (!page) throw new Error('a page');
  return fileView({
    pages: [1, 2, 3, 4].map((number) => ({ ...page, number, document: '' })),
    documents: [document_('a', 'Carta de ejemplo', [1, 2]), document_('b', 'Otro de ejemplo', [3, 4])],
    arranged,
  });
}

const bids = (arranged = false) => ({
  bids: [{ bid: 'b1', number: 1, name: 'Oferente 1 S.A.', ruc: null, files: [file(arranged)], findings: [], answer: false }],
});

beforeEach(async () => {
  localStorage.clear();
  border = new Border();
  border.answer('documents', () => bids()).answer('arrange_documents', () => bids(true));
  border.answer('page', ({ page }) => pageView({ page: page as number }));
  border.answer('document_types', () => [
    { id: 'CERT_EXP', name: 'Certificado de experiencia', group: 'soporte' },
    { id: 'POLIZA', name: 'Póliza de garantía', group: 'soporte' },
    { id: 'OTRO', name: 'Otro', group: 'otros' },
  ]);
  render(App);
  await fireEvent.click(await waitFor(() => entry('[data-caso="c1"]')));
  await screen.findByRole('grid');
  await fireEvent.keyDown(document.body, { key: '3', ctrlKey: true });
  await fireEvent.click(await screen.findByText('oferta/Anexos.pdf'));
  await screen.findByText('Carta de ejemplo');
});
afterEach(async () => {
  cleanup();
  await Promise.resolve();
  clearMocks();
});

function entry(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

const press = (key: string, init: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key, ...init });
const asked = () => border.last('arrange_documents');

test('the documents of a file stand with their pages, and keys walk over them', async () => {
  const list = entry('[data-documento="a"]').closest('ol');
  expect(list?.textContent).toMatch(/Carta de ejemplo.*p\. 1 a 2.*Otro de ejemplo.*p\. 3 a 4/s);
  expect(entry('[data-documento="a"]').getAttribute('aria-current')).toBe('true');
  await press('n');
  await waitFor(() => expect(entry('[data-documento="b"]').getAttribute('aria-current')).toBe('true'));
  await waitFor(() => expect(border.last('page')).toMatchObject({ page: 3 }));
  await press('p');
  await waitFor(() => expect(border.last('page')).toMatchObject({ page: 1 }));
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map((violation) => violation.id)).toEqual([]);
});

test('a document is split at the page that is shown, and never at its first one', async () => {
  await press('d');
  expect(asked(), 'the document begins there already').toBeUndefined();
  await press('.');
  await waitFor(() => expect(border.last('page')).toMatchObject({ page: 2 }));
  await press('d');
  await waitFor(() => expect(asked()).toMatchObject({ file: 'ab12', order: { act: 'split', document: 'a', page: 2 } }));
  await screen.findByText(/Dividió el documento/);
});

test('documents are joined and moved by keys, and a letter in a field does nothing', async () => {
  const filter = screen.getByLabelText('Archivo, documento u oferente');
  await fireEvent.keyDown(filter, { key: 'U', shiftKey: true });
  await fireEvent.keyDown(filter, { key: 'd' });
  expect(asked()).toBeUndefined();
  await press('U', { shiftKey: true });
  await waitFor(() => expect(asked()?.order).toEqual({ act: 'merge', document: 'a', other: 'b' }));
  await screen.findByText(/Unió los dos documentos/);
  await waitFor(() => expect(entry('[data-tipo-documento]').hasAttribute('disabled')).toBe(false));
  await press('ArrowDown', { altKey: true });
  await waitFor(() => expect(asked()?.order).toEqual({ act: 'move', document: 'a', to: 1 }));
});

test('a type is chosen by typing, with the keyboard alone', async () => {
  await press('t');
  const field = await waitFor(() => entry('[data-buscar-tipo]'));
  await waitFor(() => expect(document.querySelectorAll('[data-tipo]')).toHaveLength(3));
  await fireEvent.input(field, { target: { value: 'certif' } });
  await waitFor(() => expect(document.querySelectorAll('[data-tipo]')).toHaveLength(1));
  await fireEvent.input(field, { target: { value: '' } });
  await fireEvent.keyDown(field, { key: 'ArrowDown' });
  await waitFor(() => expect(entry('[data-tipo="POLIZA"]').getAttribute('aria-selected')).toBe('true'));
  await fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(asked()?.order).toEqual({ act: 'name', document: 'a', kind: 'POLIZA' }));
  await waitFor(() => expect(document.querySelector('[data-buscar-tipo]')).toBeNull());
});

test("the machine's cut comes back on demand, once a person changed it", async () => {
  expect(document.querySelector('[data-volver-al-corte]')).toBeNull();
  border.answer('documents', () => bids(true));
  await press('u', {});
  expect(asked(), 'nothing stands before the first document').toBeUndefined();
  await press('ArrowDown', { altKey: true });
  await fireEvent.click(await waitFor(() => entry('[data-volver-al-corte]')));
  await waitFor(() => expect(asked()?.order).toEqual({ act: 'withdraw' }));
});

test('the keys of the documents stand in the help of the room', async () => {
  await press('F1');
  await screen.findByText('Dividir: otro documento comienza en esta foja');
  await screen.findByText('Unir con el documento siguiente; queda el tipo de este');
});
