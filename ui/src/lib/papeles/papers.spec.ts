import { describe, expect, it } from 'vitest';
import type { PaperField, PaperSheet } from '$lib/ipc/bindings';
import { changed, draftOf, fileName, whyNotSigned, writingOf } from './papers';

const field = (name: string, value: string, held = false): PaperField => ({ name, label: name, form: 'text', value, held });
const sheet = (more: Partial<PaperSheet> = {}) =>
  ({
    row: { paper: { kind: 'apertura', number: 'CT/001' } },
    fields: [field('hora_apertura', ''), field('limite', 'lunes', true)],
    lists: [
      {
        name: 'ofertas',
        label: '',
        fixed: true,
        blank: [],
        rows: [[field('numero', '1', true), field('oferente', 'Alfa', true), field('envio', '')]],
      },
    ],
    pages: [{ width: 1, height: 1 }],
    signatures: [],
    project: false,
    stale: false,
    ...more,
  }) as unknown as PaperSheet;

describe('what a person writes', () => {
  it('never has what the case holds', () => {
    const writing = writingOf(sheet());
    expect(writing.fields).toEqual({ hora_apertura: '' });
    expect(writing.lists['ofertas']).toEqual([{ numero: '1', envio: '' }]);
  });
  it('leaves out what is empty, also rows that only name a bid', () => {
    expect(draftOf(writingOf(sheet()))).toEqual({ fields: {}, lists: {} });
  });
  it('finds its row by number', () => {
    const writing = writingOf(sheet());
    for (const row of writing.lists['ofertas'] ?? []) row['envio'] = '11h02';
    expect(draftOf(writing).lists).toEqual({ ofertas: [{ numero: '1', envio: '11h02' }] });
    expect(changed(sheet(), writing)).toBe(true);
  });
});

describe('signing', () => {
  it('needs pages that were read', () => expect(whyNotSigned(sheet({ pages: [] }))).toBe('sin_componer'));
  it('refuses a proyecto', () => expect(whyNotSigned(sheet({ project: true }))).toBe('proyecto'));
  it('refuses what the case no longer says', () => expect(whyNotSigned(sheet({ stale: true }))).toBe('viejo'));
  it('is open otherwise', () => expect(whyNotSigned(sheet())).toBeNull());
});

it('names a file without the signs that a system refuses', () => {
  expect(fileName(sheet(), '.pdf')).toBe('apertura-CT-001.pdf');
});
