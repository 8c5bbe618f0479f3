import type { ConstatationPending, ConstatationView, CurePlace, DefectView } from '$lib/ipc/bindings';

/** A validation in the official application, as it is written. */
export interface ConstatationText {
  file: string;
  result: string;
  date: string;
  hour: string;
  by: string;
  application: string;
  detail: string;
  /** Path of the result or capture. */
  attach: string;
}

export type ConstatationGap = 'archivo' | 'resultado' | 'momento' | 'prueba';

/** What a validation lacks before it can be recorded. One that is changed keeps the result that was filed with it. */
export function constatationGaps(text: ConstatationText, changes: boolean): ConstatationGap[] {
  const gaps: ConstatationGap[] = [];
  if (text.file === '') gaps.push('archivo');
  if (text.result === '') gaps.push('resultado');
  if (text.date === '' || text.hour === '') gaps.push('momento');
  if (text.attach.trim() === '' && !changes) gaps.push('prueba');
  return gaps;
}

/** Chosen beforehand: the one file that is to be validated; of several a person says which. */
export function fileOf(wants: ConstatationPending): string {
  const [first, ...more] = wants.files;
  return first && more.length === 0 ? (first.file ?? '') : '';
}

/** The validations of the files that a requirement waits for, newest first: what was said of them already. */
export function saidOf(done: readonly ConstatationView[], wants: ConstatationPending): ConstatationView[] {
  const files = new Set(wants.files.map((place) => place.file));
  return done.filter((said) => said.bid === wants.bid && files.has(said.file)).toReversed();
}

/** What a person says a defect is, as it is written. */
export interface DefectText {
  nature: string;
  error: string;
  clause: string;
  reason: string;
  evidence: CurePlace[];
}

export type DefectGap = 'que_es' | 'error' | 'motivo' | 'foja';

/** What it lacks before it can be recorded. */
export function defectGaps(text: DefectText): DefectGap[] {
  const gaps: DefectGap[] = [];
  if (text.nature === '') gaps.push('que_es');
  if (text.nature === 'formal' && text.error === '') gaps.push('error');
  if (text.nature === 'mencionado' && text.evidence.length === 0) gaps.push('foja');
  if (text.reason.trim() === '') gaps.push('motivo');
  return gaps;
}

/** Where what blocks an adverse decision is mended. */
export function mendedIn(code: string): 'constatacion' | 'defectos' | 'pedidos' | null {
  if (code.startsWith('curing.necesita.constatacion')) return 'constatacion';
  if (code === 'curing.refusa.diga_primero') return 'defectos';
  if (code === 'curing.refusa.pida_primero' || code === 'casework.cure_first') return 'pedidos';
  return null;
}

/** Sorts defects as the room shows them: what waits for a word, what was said, and what may be said besides. */
export function sorted(defects: readonly DefectView[]): { waiting: DefectView[]; said: DefectView[]; others: DefectView[] } {
  return {
    waiting: defects.filter((defect) => defect.waits),
    said: defects.filter((defect) => defect.nature !== ''),
    others: defects.filter((defect) => !defect.waits && defect.nature === ''),
  };
}
