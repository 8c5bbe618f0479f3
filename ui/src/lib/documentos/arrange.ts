import type { ArrangeOrder, DocumentTypeView, DocumentView, FileView } from '$lib/ipc/bindings';
import type { Key } from '$lib/words/catalogue';
import { fold } from '$lib/words/fold';

/** What a person does to the documents of a file, as keys and buttons name it. */
export type ArrangeAct = 'dividir' | 'unir_anterior' | 'unir_siguiente' | 'subir' | 'bajar' | 'subir_foja' | 'bajar_foja' | 'volver';

/** The sentence that tells what was done. */
export const DONE: Record<ArrangeAct | 'tipo', Key> = {
  dividir: 'app.aviso.documento_dividido',
  unir_anterior: 'app.aviso.documento_unido',
  unir_siguiente: 'app.aviso.documento_unido',
  subir: 'app.aviso.documento_movido',
  bajar: 'app.aviso.documento_movido',
  subir_foja: 'app.aviso.foja_movida',
  bajar_foja: 'app.aviso.foja_movida',
  volver: 'app.aviso.corte_de_cotejo',
  tipo: 'app.aviso.documento_tipo',
};

/** The document at hand: the chosen one while its page is shown, else the first that has the page. */
export function current(file: FileView | null, page: number | undefined, chosen: string | null): DocumentView | null {
  if (!file) return null;
  const there = file.documents.filter((document) => page === undefined || document.pages.includes(page));
  return there.find((document) => document.id === chosen) ?? there[0] ?? null;
}

/** The document before or after one, in their order. */
export function neighbour(file: FileView, document: DocumentView | null, step: 1 | -1): DocumentView | null {
  const at = document ? file.documents.indexOf(document) : step > 0 ? -1 : file.documents.length;
  return file.documents[at + step] ?? null;
}

/** The page before or after one in the file. */
export function pageBeside(file: FileView, page: number | undefined, step: 1 | -1): number | null {
  const at = file.pages.findIndex((entry) => entry.number === page);
  return file.pages[at + step]?.number ?? null;
}

/** What an act asks of the core; `null` where it makes no sense: nothing is asked then. */
export function orderFor(
  act: ArrangeAct,
  file: FileView,
  document: DocumentView | null,
  page: number | undefined,
): ArrangeOrder | null {
  if (act === 'volver') return file.arranged ? { act: 'withdraw' } : null;
  if (!document) return null;
  const id = document.id;
  const place = file.documents.indexOf(document);
  const within = page === undefined ? -1 : document.pages.indexOf(page);
  switch (act) {
    case 'dividir':
      return page !== undefined && within > 0 ? { act: 'split', document: id, page } : null;
    case 'unir_anterior':
    case 'unir_siguiente': {
      const other = neighbour(file, document, act === 'unir_anterior' ? -1 : 1);
      // Joined with the one before, the type of that one stays: this was its continuation.
      if (!other) return null;
      return act === 'unir_anterior'
        ? { act: 'merge', document: other.id, other: id }
        : { act: 'merge', document: id, other: other.id };
    }
    case 'subir':
      return place > 0 ? { act: 'move', document: id, to: place - 1 } : null;
    case 'bajar':
      return place < file.documents.length - 1 ? { act: 'move', document: id, to: place + 1 } : null;
    case 'subir_foja':
      return page !== undefined && within > 0 ? { act: 'move_page', document: id, page, to: within - 1 } : null;
    case 'bajar_foja':
      return page !== undefined && within >= 0 && within < document.pages.length - 1
        ? { act: 'move_page', document: id, page, to: within + 1 }
        : null;
  }
}

/** The types whose name or identifier has all the words that were typed; what begins with them comes first. */
export function matchingTypes(types: readonly DocumentTypeView[], typed: string): DocumentTypeView[] {
  const words = fold(typed).split(/[\s_]+/).filter(Boolean);
  if (words.length === 0) return [...types];
  const text = (type: DocumentTypeView) => fold(`${type.name} ${type.id.replaceAll('_', ' ')} ${type.id}`);
  const rank = (type: DocumentTypeView) => {
    const name = fold(type.name);
    if (fold(type.id) === fold(typed.trim())) return 0;
    return name.startsWith(words[0] ?? '') ? 1 : 2;
  };
  return types
    .filter((type) => words.every((word) => text(type).includes(word)))
    .map((type, index) => ({ type, index }))
    .sort((a, b) => rank(a.type) - rank(b.type) || a.index - b.index)
    .map(({ type }) => type);
}

/** Writes page numbers as runs: `3 a 7, 9`; `join` writes one run. */
export function runs(pages: readonly number[], join: (from: number, to: number) => string): string {
  const parts: string[] = [];
  for (let index = 0; index < pages.length;) {
    let end = index;
    while (pages[end + 1] === (pages[end] ?? 0) + 1) end++;
    parts.push(end > index ? join(pages[index] ?? 0, pages[end] ?? 0) : String(pages[index]));
    index = end + 1;
  }
  return parts.join(', ');
}
