import type {
  BidView,
  CaseSummary,
  CaseView,
  CellView,
  EvidenceView,
  FileView,
  MatrixCell,
  MatrixCellState,
  MatrixView,
  PageView,
  RequirementView,
} from '$lib/ipc/bindings';

// Everything here is invented.

export function requirement(number: number, changes: Partial<RequirementView> = {}): RequirementView {
  return {
    id: `R${number}`,
    number,
    kind: 'minimo',
    title: `Requisito ${number}`,
    text: `Texto del requisito ${number}.`,
    points: null,
    source: 'Pliego 4.1, p. 33',
    source_file: null,
    source_page: null,
    ...changes,
  };
}

export function bid(number: number): BidView {
  return {
    id: `b${number}`,
    number,
    name: `Oferente ${number} S.A.`,
    ruc: null,
    kind: 'Persona jurídica',
    files: 2,
    pages: 40,
    sealed: null,
  };
}

export function matrixCell(bidId: string, state: MatrixCellState): MatrixCell {
  return {
    bid: bidId,
    state,
    verdict: state === 'open' ? 'pendiente' : 'cumple',
    proposed: 'cumple',
    confidence: state === 'proposed' ? 0.92 : null,
    decided_by: state === 'decided' ? 'MC' : null,
    votes: null,
    decided_at: null,
    norm_unverified: false,
    review: false,
    has_note: false,
    contradiction: false,
    not_evaluable: null,
    offered: 'Tres contratos.',
    evidence: '1 evidencia · Anexos.pdf p. 3',
  };
}

/** A matrix of one group: one list of states for each row, one state for each bid. */
export function smallMatrix(...rows: MatrixCellState[][]): MatrixView {
  const bids = (rows[0] ?? []).map((_, index) => bid(index + 1));
  return {
    columns: bids.map((entry, index) => ({
      bid: entry.id,
      number: entry.number,
      name: entry.name,
      ruc: null,
      kind: entry.kind,
      decided: rows.filter((row) => row[index] === 'decided').length,
      total: rows.length,
      flags: 0,
      outcome: { verdict: 'pendiente', proposed: false, text: '1 pendiente' },
    })),
    groups: [
      {
        kind: 'minimo',
        title: 'Requisitos mínimos',
        basis: 'Cumple o no cumple',
        rows: rows.map((states, index) => ({
          requirement: requirement(index + 1),
          norm_unverified: false,
          cells: states.map((state, column) => matrixCell(`b${column + 1}`, state)),
        })),
      },
    ],
  };
}

export function evidence(page: number): EvidenceView {
  return {
    file: 'ab12',
    file_name: 'Anexos.pdf',
    place: { kind: 'page', page, width: 595, height: 842, quads: [[72, 100, 300, 100, 300, 114, 72, 114]] },
    place_text: `p. ${page}`,
    quote: 'alcantarillado pluvial',
    document: 'Acta de entrega-recepción',
    confidence: 0.9,
    extractor: 'objeto@1',
  };
}

export function cellView(changes: Partial<CellView> = {}): CellView {
  return {
    requirement: requirement(12),
    bid: bid(5),
    offered: 'Suma reconocida: 168.420,77.',
    facts: [{ label: 'Acta 011-2019, vialidad', value: '58.942,00', counted: false, evidence: 1, confidence: 0.7, certain: false }],
    sums: [{ label: 'Falta para el mínimo', value: '24.276,78', adverse: true }],
    proposal: {
      verdict: 'no_cumple',
      confidence: 0.78,
      reasons: ['El contrato 3 es vial.'],
      trace: [],
      legal_basis: ['RGL 104'],
      norm_unverified: false,
      check: 'experiencia@1',
    },
    evidence: [evidence(3), evidence(37)],
    decision: null,
    votes: null,
    draft: { fact: 'Suma 168.420,77.', evidence: '', norm: 'Pliego 4.1.5', conclusion: 'No llega al mínimo.' },
    history: [],
    blocked: [],
    sealed: null,
    note: '',
    notes: [],
    contradictions: [],
    ...changes,
  };
}

export function fileView(changes: Partial<FileView> = {}): FileView {
  return {
    hash: 'ab12',
    path: 'oferta/Anexos.pdf',
    size: '3,2 MB',
    media_type: 'application/pdf',
    sealed: false,
    sealed_reason: null,
    unread: false,
    wants_password: false,
    pages: [
      { number: 1, status: 'text', document: 'Carta', failure: null, turn: 0, written: false, reading_view: false },
    ],
    documents: [],
    arranged: false,
    signatures: [],
    findings: [],
    ...changes,
  };
}

export function pageView(changes: Partial<PageView> = {}): PageView {
  return {
    file: 'ab12',
    file_name: 'Anexos.pdf',
    page: 37,
    page_count: 66,
    width: 595,
    height: 842,
    turn: 0,
    written: null,
    machine_text: '',
    rotation: 0,
    status: 'ocr',
    reading_view: false,
    reading: null,
    words: [{ text: 'alcantarillado', bounds: [72, 100, 180, 114], line: 0 }],
    findings: [],
    ...changes,
  };
}

export function caseView(changes: Partial<CaseView> = {}): CaseView {
  return {
    id: 'c1',
    code: 'LICO-GADMSA-2026-003',
    object: 'Alcantarillado sanitario de El Rosal',
    entity: 'GAD de Santa Aurelia',
    entity_ruc: null,
    procedure: 'LICO',
    procedure_name: 'Licitación de obras',
    budget: '1284650.32',
    budget_encrypted: false,
    bids_due: '2026-11-09T15:00:00',
    round: 1,
    stages: [
      { name: 'Apertura', state: 'done', note: '9 nov' },
      { name: 'Calificación', state: 'now', note: 'en curso' },
      { name: 'Recomendación', state: 'later', note: '—' },
    ],
    pack: { id: 'ec-2026', sha256: '00', frozen_on: '2026-11-09', unverified_values: 2 },
    unenrolled_notice: null,
    sealed_notice: null,
    chains: [{ device: 'd1', head: '9f3c00000000e41a', count: 4812 }],
    log_intact: true,
    members: [
      { id: 'm1', name: 'Marta Celi', initials: 'MC', capacity: 'Presidenta', votes: true, enrolled: true, me: true },
    ],
    bids: [bid(1), bid(2)],
    requirements: [requirement(1)],
    counts: { bids: 2, documents: 14, cells: 6, undecided: 3, findings: 1, actas: 0 },
    can_undo: null,
    can_redo: null,
    unfinished_imports: [],
    findings: [],
    ...changes,
  };
}

export function caseSummary(changes: Partial<CaseSummary> = {}): CaseSummary {
  return {
    id: 'c1',
    code: 'LICO-GADMSA-2026-003',
    object: 'Alcantarillado sanitario de El Rosal',
    entity: 'GAD de Santa Aurelia',
    procedure: 'LICO',
    stages: caseView().stages,
    bids: 2,
    undecided: 3,
    bids_due: null,
    last_act: null,
    signed: false,
    unavailable: null,
    ...changes,
  };
}
