import { mockConvertFileSrc, mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import type { ActaView, CommissionView, ErrorView, SessionView, SourceView, ValidationView } from '$lib/ipc/bindings';
import { caseSummary, caseView, cellView, fileView, pageView, smallMatrix } from './fixtures';

export function actaView(changes: Partial<ActaView> = {}): ActaView {
  return {
    state: 'borrador',
    title: 'Acta n.º 016',
    revision: 7,
    stale: false,
    path: '/datos/acta.pdf',
    sha256: 'ef01',
    format: 'PDF/A-2b',
    pages: [{ width: 595, height: 842 }],
    sections: [{ title: 'Antecedentes', page: 1, pending: false }],
    blocks: [
      { code: 'acta.sin_decidir', title: '3 celdas sin decidir', detail: 'Oferta 2.', room: 'matriz', cell: null },
    ],
    ready: ['bitácora'],
    missing: [],
    sealed_notice: null,
    signatures: [{ name: 'Marta Celi', capacity: 'Presidenta', state: 'now', at: null, me: true }],
    ...changes,
  };
}

export function sessionView(changes: Partial<SessionView> = {}): SessionView {
  return {
    recorded: false,
    data: { city: '', place: '', modality: null, opened: null, closed: null, convocation: null, agenda: [] },
    missing: ['No consta la ciudad.'],
    remarks: [],
    sealed: null,
    usual_agenda: ['Instalación', 'Calificación'],
    ...changes,
  };
}

export function validationView(): ValidationView {
  const source = { service: 'SCVS', question: 'Superintendencia de Compañías', status: 'by_hand' as const, at: null };
  const byHand: SourceView = {
    ...source,
    status_text: 'lo consulta una persona',
    url: 'https://ejemplo.ec/',
    sha256: null,
    facts: [],
    findings: [{ code: 'x', severity: 'info', page: null, message: 'Pide un código de imagen.', remedy: 'Abra la página.' }],
    key: 'registries.by_hand.scvs',
    note: null,
  };
  const structure = { status: 'ok', kind: 'private', check_digit: 'agrees', finding: null };
  const supplier = { ruc: '1790000001001', simulated: false, offline: true, structure, sources: [byHand] };
  const suppliers = [{ name: 'Oferente 1 S.A.', partner: false, supplier }];
  const bids = [{ bid: 'b1', number: 1, bidder: 'Oferente 1 S.A.', notice: '', suppliers }];
  return { offline: true, simulated: false, asked: 0, unanswered: 0, bids };
}

export function commissionView(changes: Partial<CommissionView> = {}): CommissionView {
  return {
    recorded: false,
    data: { body: 'comision_tecnica', designation: null, seats: [] },
    members: [],
    quorum: false,
    missing: [],
    remarks: [],
    sealed: null,
    ...changes,
  };
}

/** The border of the window with a core that gives what each test says; what crossed it can be looked at. */
export class Border {
  readonly calls: { command: string; args: Record<string, unknown> }[] = [];
  private readonly answers: Record<string, (args: Record<string, unknown>) => unknown> = {
    launch: () => ({ case: null }),
    about: () => ({ version: '0.1.0', data_folder: '/datos', offline: false, notices: [], credits: [] }),
    list_cases: () => [caseSummary()],
    open_case: () => caseView(),
    matrix: () => smallMatrix(['proposed', 'decided'], ['proposed', 'open']),
    cell: () => cellView(),
    page: () => pageView(),
    documents: () => ({ bids: [{ bid: 'b1', number: 1, name: 'Oferente 1 S.A.', ruc: null, files: [fileView()], findings: [], answer: false }] }),
    decide: () => cellView(),
    acta: () => actaView(),
    document_types: () => [{ id: 'CERT_EXP', name: 'Certificado de experiencia', group: 'soporte' }],
    search: () => [],
    session: () => sessionView(),
    commission: () => commissionView(),
    watched: () => ({ folder: null, absent: null, settling: 0, offers: [] }),
    undo: () => ({ text: 'Se deshizo «cumple» en 1 × 1.', cell: null }),
  };

  constructor() {
    mockWindows('main');
    mockConvertFileSrc('linux');
    mockIPC(
      (command, args) => {
        this.calls.push({ command, args: args as Record<string, unknown> });
        const answer = this.answers[command];
        if (!answer) throw new Error(`nobody answers ${command}`);
        return answer(args as Record<string, unknown>);
      },
      { shouldMockEvents: true },
    );
  }

  answer(command: string, give: (args: Record<string, unknown>) => unknown): this {
    this.answers[command] = give;
    return this;
  }

  refuse(command: string, error: ErrorView): this {
    return this.answer(command, () => {
      throw error;
    });
  }

  last(command: string): Record<string, unknown> | undefined {
    return this.calls.filter((call) => call.command === command).at(-1)?.args;
  }
}
