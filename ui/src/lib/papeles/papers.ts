import type { PaperDraft, PaperField, PaperList, PaperSheet } from '$lib/ipc/bindings';

/** What a person writes of a document, while it is written: values by name, rows by list. */
export interface Writing {
  fields: Record<string, string>;
  lists: Record<string, Record<string, string>[]>;
}

/** Only what the case does not hold is written. */
const own = (fields: readonly PaperField[]) =>
  Object.fromEntries(fields.filter((field) => !field.held).map((field) => [field.name, field.value]));

function rowOf(list: PaperList, row: readonly PaperField[]): Record<string, string> {
  const number = row.find((field) => field.name === 'numero');
  return list.fixed && number ? { ...own(row), numero: number.value } : own(row);
}

export function writingOf(sheet: PaperSheet): Writing {
  return {
    fields: own(sheet.fields),
    lists: Object.fromEntries(sheet.lists.map((list) => [list.name, list.rows.map((row) => rowOf(list, row))])),
  };
}

/** Told apart from what the case would print anyway: nothing that is empty is recorded. */
export function draftOf(writing: Writing): PaperDraft {
  const said = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
  const lists: PaperDraft['lists'] = {};
  for (const [name, rows] of Object.entries(writing.lists)) {
    const kept = rows.map(said).filter((row) => Object.keys(row).some((key) => key !== 'numero'));
    if (kept.length > 0) lists[name] = kept;
  }
  return { fields: said(writing.fields), lists };
}

/** Whether something was written that is not recorded. */
export function changed(sheet: PaperSheet, writing: Writing): boolean {
  return JSON.stringify(draftOf(writingOf(sheet))) !== JSON.stringify(draftOf(writing));
}

export type WhyNot = 'sin_componer' | 'proyecto' | 'viejo' | 'completo';

/** Why a document cannot be signed now; `null` where it can. */
export function whyNotSigned(sheet: PaperSheet): WhyNot | null {
  if (sheet.pages.length === 0) return 'sin_componer';
  if (sheet.project) return 'proyecto';
  if (sheet.stale) return 'viejo';
  if (sheet.signatures.length > 0 && sheet.signatures.every((slot) => slot.state === 'signed')) return 'completo';
  return null;
}

/** A name for the file that is saved. */
export function fileName(sheet: PaperSheet, ending: string): string {
  const number = (sheet.row.paper.number ?? '').replace(/[^A-Za-z0-9-]/g, '-');
  return `${sheet.row.paper.kind}${number === '' ? '' : `-${number}`}${ending}`;
}
