import type { FileView } from '$lib/ipc/bindings';
import type { Key } from '$lib/words/catalogue';

/** Counts the findings of a file that deserve a look. */
export function toLook(file: FileView): number {
  return file.findings.filter((finding) => finding.severity !== 'info').length;
}

/** Pages that nobody has read: neither the machine nor a person. */
export function unreadPages(file: FileView): number {
  return file.pages.filter((page) => page.status === 'failed' && !page.written).length;
}

/** How the pages of a file ended, each kind that there is with its number. A page whose text a person wrote counts as that. */
export function countsOf(file: FileView): { key: string; words: Key; number: number }[] {
  const kinds: { key: string; words: Key }[] = [
    { key: 'text', words: 'app.estado_archivo.texto' },
    { key: 'ocr', words: 'app.estado_archivo.ocr' },
    { key: 'written', words: 'app.estado_archivo.escrita' },
    { key: 'blank', words: 'app.estado_archivo.blanca' },
    { key: 'failed', words: 'app.estado_archivo.fallida' },
  ];
  return kinds
    .map((kind) => ({
      ...kind,
      number: file.pages.filter((page) => (page.written ? 'written' : page.status) === kind.key).length,
    }))
    .filter((kind) => kind.number > 0);
}
