import stages from '$catalogue/stages.json';
import type {
  ClaimView,
  ComplianceLineView,
  CourseStageView,
  CourseView,
  InstrumentView,
  LotCourseView,
  StageActView,
  StageDeadlineView,
  StageTermView,
  StageView,
  SupportDraft,
  TimeLeftView,
} from '$lib/ipc/bindings';
import { blankInstrument, keptInstrument, type WrittenInstrument } from '$lib/sesion/form';
import { plural, t } from '$lib/words/catalogue';
import { date, dateAndHour } from '$lib/words/format';

/** What the room shows. */
export const PARTS = ['curso', 'plazos', 'reclamos', 'constancias', 'cumplimiento', 'pliego'] as const;
export type Part = (typeof PARTS)[number];

const NAMES = 'stages.name.';
const sentences: Record<string, string> = stages;

/** Every stage that a process can have, by key, in the order of the norm. */
export const STAGES: readonly string[] = Object.keys(sentences)
  .filter((key) => key.startsWith(NAMES))
  .map((key) => key.slice(NAMES.length));

/** A sentence of the core's own catalogue, so that the same thing has one name everywhere. */
export function named(kind: 'name' | 'ground' | 'cause' | 'end' | 'document', key: string): string {
  return sentences[`stages.${kind}.${key}`] ?? key;
}

/** Documents that packs name, for a constancia that is of another than its stage's. */
export const DOCUMENTS: readonly string[] = Object.keys(sentences)
  .filter((key) => key.startsWith('stages.document.'))
  .map((key) => key.slice('stages.document.'.length));

/** What an act rests on, while it is written. */
export interface WrittenSupport {
  acta: string;
  instrument: WrittenInstrument;
  attach: string;
  note: string;
}

export function blankSupport(): WrittenSupport {
  return { acta: '', instrument: blankInstrument(), attach: '', note: '' };
}

/** What an act rests on, as it is sent. */
export function sentSupport(written: WrittenSupport): SupportDraft {
  const instrument: InstrumentView | null = keptInstrument(written.instrument);
  return {
    acta: written.acta || null,
    instrument,
    attach: written.attach || null,
    note: written.note.trim(),
  };
}

/** What of an instrument is begun and not whole: half of one cannot be kept. */
export function supportMissing(written: WrittenSupport): string[] {
  const kept = keptInstrument(written.instrument);
  if (!kept) return [];
  const missing = [];
  if (!kept.name) missing.push(t('etapas.falta.documento_nombre'));
  if (!kept.number) missing.push(t('etapas.falta.documento_numero'));
  if (!kept.date) missing.push(t('etapas.falta.documento_fecha'));
  return missing;
}

/** The name of a file without its folders. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The stages around the one at hand that fit into a line; what is left out is counted on each side. */
export function lineWindow(
  line: readonly StageView[],
  room: number,
): { shown: readonly StageView[]; before: number; after: number } {
  if (line.length <= room) return { shown: line, before: 0, after: 0 };
  const now = line.findIndex((stage) => stage.state === 'now');
  // Two that are over give the way that was come; the rest is what is to come.
  const wanted = now < 0 ? line.length - room : now - 2;
  const before = Math.max(0, Math.min(wanted, line.length - room));
  return { shown: line.slice(before, before + room), before, after: line.length - room - before };
}

/** The ticks of the days of término: gone, today, to come; no more than fit, what is gone is left out first. */
export function ticks(left: TimeLeftView, room = 12): ('gone' | 'today' | 'left')[] {
  if (left.overdue) return [];
  const today = left.today ? 1 : 0;
  const ahead = Math.min(left.days, room - today);
  const gone = Math.min(left.passed, Math.max(0, room - today - ahead));
  return [
    ...Array<'gone'>(gone).fill('gone'),
    ...Array<'today'>(today).fill('today'),
    ...Array<'left'>(ahead).fill('left'),
  ];
}

/** Says how long is left, in days of término. */
export function leftText(left: TimeLeftView, now: string): string {
  if (left.overdue) {
    return left.days === 0 ? t('etapas.vencio_hoy') : plural(left.days, 'etapas.vencio.uno', 'etapas.vencio.otros');
  }
  if (left.due.slice(0, 10) === now.slice(0, 10)) return t('etapas.vence_hoy');
  return plural(left.days, 'etapas.quedan.uno', 'etapas.quedan.otros');
}

/** The present day in Ecuador, ISO 8601. */
export function ecuadorNow(moment = new Date()): string {
  return new Date(moment.getTime() - 5 * 3600 * 1000).toISOString().slice(0, 16);
}

/** How a moment looks: over, well, to be looked at, wrong. */
export function tone(state: string): 'ok' | 'ojo' | 'mal' | 'quieto' {
  if (state === 'kept') return 'ok';
  if (state === 'late' || state === 'early') return 'mal';
  if (state === 'overdue' || state === 'today' || state === 'undecided' || state === 'ask') return 'ojo';
  return 'quieto';
}

/** The deadline of a stage in a lot. */
export function deadlineOf(
  found: readonly StageDeadlineView[],
  lot: LotCourseView,
  stage: string,
): StageDeadlineView | undefined {
  return found.find((entry) => entry.stage === stage && (entry.lot_id === null || entry.lot_id === lot.lot));
}

/** The stage at hand, or the one that was asked for, or the last of a course that is over. */
export function chosenStage(lot: LotCourseView, wanted: string | undefined): CourseStageView | undefined {
  const by = (key: string | null | undefined) => lot.stages.find((stage) => stage.stage === key);
  return by(wanted) ?? by(lot.current) ?? lot.stages.at(-1);
}

/** Whether a lot is past a stage. */
export function passed(stage: CourseStageView): boolean {
  return stage.status === 'closed' || stage.status === 'omitted';
}

/** The acts of one kind that a stage offers now. */
export function actsOf(lot: LotCourseView, order: StageActView['order']): StageActView[] {
  return lot.acts.filter((act) => act.order === order);
}

/** Why every act of one kind is refused; empty when one may be done. */
export function refusedBy(acts: readonly StageActView[]): StageActView | undefined {
  return acts.length > 0 && acts.every((act) => act.blocked !== null) ? acts[0] : undefined;
}

/** Claims that a lot may go back for: accepted and not carried out. */
export function acceptedClaims(claims: readonly ClaimView[], lot: LotCourseView): ClaimView[] {
  return claims.filter(
    (claim) => claim.result === 'accepted' && claim.to_execute !== null && (claim.lot_id === null || claim.lot_id === lot.lot),
  );
}

/** The days of a count with their heading: where the norm has a first and a last day, both. */
export function workings(term: StageTermView): { words: 'etapas.cuenta.desde' | 'etapas.cuenta.hasta'; days: StageTermView['working_latest'] }[] {
  const both = [];
  if (term.working_earliest.length > 0) both.push({ words: 'etapas.cuenta.desde' as const, days: term.working_earliest });
  if (term.working_latest.length > 0) both.push({ words: 'etapas.cuenta.hasta' as const, days: term.working_latest });
  return both;
}

/** What of the report asks for a person. */
export function asksFor(line: ComplianceLineView): boolean {
  return ['not_kept', 'not_recorded', 'undecided'].includes(line.status);
}

const KIND_OF: Record<string, string> = {
  publicacion: 'publication',
  notificacion: 'notification',
  rup: 'rup',
  firma: 'signed_elsewhere',
};

/** The constancia that would settle a line of the report; nothing where none does. */
export function settledBy(line: ComplianceLineView): string | null {
  return line.status === 'not_recorded' ? (KIND_OF[line.topic] ?? null) : null;
}

/** The number of a bidder that a line of the report is about, if it names one. */
export function rucIn(text: string): string {
  return /\b\d{13}\b/.exec(text)?.[0] ?? '';
}

/** The name of a calendar file. */
export function calendarName(code: string | null): string {
  const safe = (code ?? '').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '');
  return `${safe || t('etapas.plazos.archivo')}.ics`;
}

/** Days and hours within a sentence of the core, as people write them; the first and last minute of a day are the day. */
export function spoken(text: string): string {
  return text.replace(/\b(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?\b/g, (_, day: string, hour: string | undefined) =>
    hour === undefined || hour === '00:00' || hour === '23:59' ? date(day) : dateAndHour(`${day}T${hour}`),
  );
}

/** Takes a stage one place up or down in a list of keys. */
export function moved(keys: readonly string[], index: number, step: 1 | -1): string[] {
  const other = index + step;
  const next = [...keys];
  const [one, two] = [next[index], next[other]];
  if (one === undefined || two === undefined) return next;
  next[index] = two;
  next[other] = one;
  return next;
}

/** The stages that hold now, as keys. */
export function stagesOf(course: CourseView): string[] {
  return course.lots[0]?.stages.map((stage) => stage.stage) ?? [];
}
