import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import type { DocumentView, FieldsView, FieldView } from '../src/lib/ipc/bindings';
import { Border } from './desk';
import { fileView } from './fixtures';

let border: Border;

const unread: FieldView = {
  field: 'emisor',
  label: 'Emisor',
  values: [],
  by: null,
  absent: false,
  example: null,
  reason: null,
};

const read: FieldView = {
  ...unread,
  field: 'monto',
  label: 'Monto',
  values: [
    {
      value: 'USD 1.200,50',
      quote: 'USD 1.200,50',
      place: { kind: 'page', page: 1, width: 595, height: 842, quads: [[1, 1, 2, 1, 2, 2, 1, 2]] },
      place_text: 'p. 1',
      confidence: 0.9,
      certain: false,
    },
  ],
};

function fields(first: FieldView): FieldsView {
  return { document: 'a', kind: 'POLIZA', name: 'Póliza de garantía', pages: [1], fields: [first, read] };
}

beforeEach(async () => {
  localStorage.clear();
  border = new Border();
  const document_: DocumentView = {
    id: 'a',
    kind: 'POLIZA',
    name: 'Póliza de garantía',
    confidence: 0.8,
    certain: false,
    pages: [1],
    blank_form: false,
    typed: false,
    example: null,
  };
  const files = [fileView({ documents: [document_] })];
  const bids = { bids: [{ bid: 'b1', number: 1, name: 'Oferente 1 S.A.', ruc: null, files, findings: [], answer: false }] };
  const said: FieldView = { ...unread, values: read.values, by: 'Ana Ejemplo' };
  border.answer('documents', () => bids).answer('fields', () => fields(unread));
  border.answer('correct_field', () => fields(said));
  render(App);
  await fireEvent.click(await waitFor(() => entry('[data-caso="c1"]')));
  await screen.findByRole('grid');
  await fireEvent.keyDown(document.body, { key: '3', ctrlKey: true });
  await fireEvent.click(await screen.findByText('oferta/Anexos.pdf'));
  await fireEvent.click(await waitFor(() => entry('[data-documento="a"]')));
  await fireEvent.click(await waitFor(() => entry('[data-datos]')));
  await waitFor(() => entry('[data-dato="emisor"]'));
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

test('a field that was not read is shown where it stands, and the person is named', async () => {
  expect(entry('[data-dato="emisor"]').textContent).toContain('no se leyó');
  expect(entry('[data-dato="monto"]').textContent).toContain('probable');
  await fireEvent.click(entry('[data-decir="emisor"]'));
  await fireEvent.input(entry('[data-palabras]'), { target: { value: 'Seguros de Ejemplo' } });
  await fireEvent.click(entry('[data-guardar-dato]'));
  await waitFor(() =>
    expect(border.last('correct_field')).toMatchObject({
      document: 'a',
      field: 'emisor',
      order: { act: 'value', page: 1, quote: 'Seguros de Ejemplo', value: '' },
    }),
  );
  await waitFor(() => expect(entry('[data-dato="emisor"]').textContent).toContain('lo dice Ana Ejemplo'));
});

test('the dialog can be used without a mouse and passes the checks of accessibility', async () => {
  await fireEvent.click(entry('[data-decir="monto"]'));
  expect((entry('[data-palabras]') as HTMLInputElement).value).toBe('USD 1.200,50');
  const found = await axe.run(entry('[role="dialog"], dialog'), { rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map((violation) => violation.id)).toEqual([]);
});
