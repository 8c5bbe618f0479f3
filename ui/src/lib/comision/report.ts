import type { ReportDraft, ReportView } from '$lib/ipc/bindings';
import type { Key } from '$lib/words/catalogue';

/** A point as the form holds it: numbers and names are text until it is sent. */
export interface WrittenPoint {
  number: string;
  text: string;
  requirement: string;
  bid: string;
}

export interface WrittenReport {
  id: string | null;
  number: string;
  date: string;
  /** Who signed it, one a line. */
  signed: string;
  document: string;
  points: WrittenPoint[];
}

/** A report with nothing written but its first point. */
export function blankReport(): WrittenReport {
  return { id: null, number: '', date: '', signed: '', document: '', points: [blankPoint([])] };
}

/** A point with the next number. */
export function blankPoint(before: readonly WrittenPoint[]): WrittenPoint {
  const last = Math.max(0, ...before.map((point) => Number(point.number) || 0));
  return { number: String(last + 1), text: '', requirement: '', bid: '' };
}

/** A report that is there, for the form to change. */
export function writtenReport(view: ReportView): WrittenReport {
  return {
    id: view.id,
    number: view.number,
    date: view.date,
    signed: view.signed_by.join('\n'),
    document: '',
    points: view.points.map((point) => ({
      number: String(point.number),
      text: point.text,
      requirement: point.requirement ?? '',
      bid: point.bid === null ? '' : String(point.bid),
    })),
  };
}

/** What is missing before it can be recorded. */
export function missingOf(written: WrittenReport): Key | null {
  if (written.number.trim() === '') return 'comision.sub.falta.numero';
  if (written.date.trim() === '') return 'comision.falta.fecha';
  const points = written.points.map((point) => point.number.trim());
  if (points.some((number) => !/^[1-9]\d{0,3}$/.test(number)) || new Set(points).size < points.length) return 'comision.sub.falta.repetido';
  if (points.length === 0 || written.points.some((point) => point.text.trim() === '')) return 'comision.sub.falta.punto';
  return null;
}

/** The report as it crosses to the core. */
export function sentReport(written: WrittenReport): ReportDraft {
  return {
    id: written.id,
    number: written.number.trim(),
    date: written.date,
    signed_by: written.signed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    document: written.document === '' ? null : written.document,
    points: written.points.map((point) => ({
      number: Number(point.number),
      text: point.text.trim(),
      requirement: point.requirement === '' ? null : point.requirement,
      bid: point.bid === '' ? null : Number(point.bid),
    })),
  };
}
