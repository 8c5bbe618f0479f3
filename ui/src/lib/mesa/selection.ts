import type { EvidenceView, PageView, WordView } from '$lib/ipc/bindings';
import { t } from '$lib/words/catalogue';

const EXTRACTOR = 'persona@1';

/** Gathers words into one quad for each line. */
export function quadsOf(words: readonly WordView[]): number[][] {
  const lines = new Map<number, WordView[]>();
  for (const word of words) lines.set(word.line, [...(lines.get(word.line) ?? []), word]);
  return [...lines.values()].map((line) => {
    const edge = (index: number, pick: (...values: number[]) => number) =>
      pick(...line.map((word) => word.bounds[index] ?? 0));
    const [left, top, right, bottom] = [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
    return [left, top, right, top, right, bottom, left, bottom];
  });
}

/** Makes evidence of words that a person chose, or of the whole page when there are none. */
export function evidenceOf(page: PageView, words: readonly WordView[]): EvidenceView {
  return {
    file: page.file,
    file_name: page.file_name,
    place: page.reading_view
      ? { kind: 'reading_view', page: page.page, paragraph: null, sheet: null, range: null }
      : { kind: 'page', page: page.page, width: page.width, height: page.height, quads: quadsOf(words) },
    place_text: t('app.pagina', { n: page.page }),
    quote: words.map((word) => word.text).join(' '),
    document: '',
    confidence: 1,
    extractor: EXTRACTOR,
  };
}

/** Makes evidence of what is selected in a *vista de lectura*: its paragraph, or the range of cells. */
function ofReading(page: PageView, selection: Selection): EvidenceView | null {
  const quote = selection.toString().replace(/\s+/g, ' ').trim();
  const ends = [selection.anchorNode, selection.focusNode].map((node) =>
    (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-parrafo], [data-casilla]'),
  );
  const [from, to] = ends;
  if (!from || !to || quote === '') return null;
  const base = evidenceOf(page, []);
  const [first, last] = [from.dataset['casilla'], to.dataset['casilla']];
  if (first && last && page.reading?.kind === 'sheet') {
    const range = first === last ? first : `${first}:${last}`;
    const sheet = page.reading.name;
    const place = { kind: 'reading_view' as const, page: page.page, paragraph: null, sheet, range };
    return { ...base, place, place_text: t('app.lugar.hoja', { hoja: sheet, rango: range }), quote };
  }
  const paragraph = Number(from.dataset['parrafo']);
  if (!Number.isInteger(paragraph)) return null;
  const place = { kind: 'reading_view' as const, page: page.page, paragraph, sheet: null, range: null };
  return { ...base, place, place_text: t('app.lugar.parrafo', { n: paragraph }), quote };
}

/** Makes evidence of what is selected on the page; of the whole page if that was asked; else nothing. */
export function selectionAsEvidence(page: PageView, whole: boolean): EvidenceView | null {
  if (whole) return evidenceOf(page, []);
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return null;
  if (page.reading_view) return ofReading(page, selection);
  const chosen = [...document.querySelectorAll<SVGElement>('[data-palabra]')]
    .filter((element) => selection.containsNode(element, true))
    .flatMap((element) => page.words[Number(element.dataset['palabra'])] ?? []);
  return chosen.length > 0 ? evidenceOf(page, chosen) : null;
}
