import type {
  AgreementsView,
  DeclarationsView,
  EvidenceDueView,
  ExchangeView,
  RehearsalView,
  ReportsView,
  SamplesView,
  TreatmentsView,
} from '$lib/ipc/bindings';
import type { Key } from '$lib/words/catalogue';

/** A part of the room. */
export type Section =
  | 'acuerdos'
  | 'trato'
  | 'colegas'
  | 'declaraciones'
  | 'evidencia'
  | 'muestra'
  | 'ensayo'
  | 'subcomision';

/** What the room shows, as far as the core has answered. */
export interface Views {
  agreements: AgreementsView | null;
  treatments: TreatmentsView | null;
  declarations: DeclarationsView | null;
  evidence: EvidenceDueView | null;
  samples: SamplesView | null;
  rehearsal: RehearsalView | null;
  reports: ReportsView | null;
  exchange: ExchangeView | null;
}

export const NOTHING: Views = {
  agreements: null,
  treatments: null,
  declarations: null,
  evidence: null,
  samples: null,
  rehearsal: null,
  reports: null,
  exchange: null,
};

/** In the order in which it matters for signing: first what impedes it. */
export const SECTIONS: readonly { id: Section; words: Key; blocks: boolean }[] = [
  { id: 'acuerdos', words: 'comision.seccion.acuerdos', blocks: true },
  { id: 'trato', words: 'comision.seccion.trato', blocks: true },
  { id: 'colegas', words: 'comision.seccion.colegas', blocks: true },
  { id: 'declaraciones', words: 'comision.seccion.declaraciones', blocks: false },
  { id: 'evidencia', words: 'comision.seccion.evidencia', blocks: false },
  { id: 'muestra', words: 'comision.seccion.muestra', blocks: false },
  { id: 'ensayo', words: 'comision.seccion.ensayo', blocks: false },
  { id: 'subcomision', words: 'comision.seccion.subcomision', blocks: false },
];

/** How many things of each part wait for somebody. */
export function waiting(views: Views): Record<Section, number> {
  const { agreements, treatments, declarations, evidence, samples, rehearsal, reports, exchange } = views;
  const due = declarations?.members.flatMap((member) => [member.conflict, member.confidentiality]) ?? [];
  return {
    acuerdos: agreements?.cells.filter((cell) => cell.agreed === null).length ?? 0,
    trato: treatments?.findings.filter((finding) => finding.answer === null).length ?? 0,
    // What two machines said differently, and the seat of whoever received the case and has none yet.
    colegas: exchange ? exchange.conflicts.length + (exchange.may_write ? 0 : 1) : 0,
    declaraciones:
      due.filter(({ state }) => state === 'missing' || state === 'to_renew').length +
      (declarations?.coincidences.filter((one) => one.answer === null).length ?? 0) +
      (declarations?.impediments.filter((one) => one.accepted === null).length ?? 0),
    evidencia: evidence?.decided.filter((row) => row.pieces > 0 && row.opened === 0).length ?? 0,
    muestra: samples?.samples.flatMap((sample) => sample.cells).filter((cell) => cell.second === null).length ?? 0,
    ensayo: rehearsal?.charges.reduce((sum, charge) => sum + charge.open, 0) ?? 0,
    subcomision: reports?.reports.reduce((sum, report) => sum + report.open, 0) ?? 0,
  };
}

/** The part that resolves what impedes signing, or what an acta would print as not recorded. */
export function sectionOf(code: string): Section | undefined {
  if (code === 'commission.block.disputed') return 'acuerdos';
  if (code === 'commission.block.treatment') return 'trato';
  if (code === 'casework.exchange.block') return 'colegas';
  return undefined;
}

/** The part to open first: the one that was asked for, else the first with something to attend to. */
export function firstSection(wanted: Section | undefined, counts: Record<Section, number>): Section {
  return wanted ?? SECTIONS.find(({ id }) => counts[id] > 0)?.id ?? 'acuerdos';
}

/** Moves along the parts with the arrow keys, going round; other keys go nowhere. */
export function along(from: Section, key: string): Section | null {
  const here = SECTIONS.findIndex(({ id }) => id === from);
  const last = SECTIONS.length - 1;
  const to: Record<string, number> = {
    ArrowRight: here === last ? 0 : here + 1,
    ArrowLeft: here === 0 ? last : here - 1,
    Home: 0,
    End: last,
  };
  const index = to[key];
  return index === undefined ? null : (SECTIONS[index]?.id ?? null);
}
