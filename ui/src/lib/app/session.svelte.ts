import { createContext } from 'svelte';
import { Appearance } from '$lib/frame/theme.svelte';
import { Toasts } from '$lib/frame/toasts.svelte';
import type {
  CaseSummary,
  CaseView,
  CellAddress,
  CellView,
  DocumentsView,
  ErrorView,
  MatrixView,
  OfferView,
  Undone,
  WatchAnswer,
  WatchView,
} from '$lib/ipc/bindings';
import { ask, asView, commands } from '$lib/ipc/desk';
import type { Step } from '$lib/convalidacion/steps';
import type { Part } from '$lib/etapas/etapas';
import type { Section } from '$lib/comision/sections';
import type { Part as RequirementsPart } from '$lib/requisitos/asked';
import { nextUndecided } from '$lib/matriz/order';
import { Decision } from '$lib/mesa/decision.svelte';
import { plural, t } from '$lib/words/catalogue';
import { ImportTray } from './imports.svelte';

/** Where the person is. */
export type Place =
  | { room: 'inicio' }
  | { room: 'matriz' }
  | { room: 'mesa'; cell: CellAddress }
  | {
      room: 'documentos';
      file?: string | undefined;
      page?: number | undefined;
      /** Words that were searched: marked on the page. */
      find?: string | undefined;
    }
  | { room: 'validaciones' }
  | {
      room: 'etapas';
      /** What of the room is shown. */
      part?: Part | undefined;
      stage?: string | undefined;
      /** The claim that a stage is returned to for. */
      claim?: string | undefined;
    }
  | {
      room: 'requisitos';
      /** What of the room is shown. */
      part?: RequirementsPart | undefined;
      /** The requirement shown beside its page. */
      requirement?: string | undefined;
    }
  | { room: 'convalidacion'; step?: Step | undefined; bid?: string | undefined; requirement?: string | undefined }
  | { room: 'puntaje' }
  | {
      room: 'indicios';
      /** Only those that name this bid, by number. */
      bid?: number | undefined;
    }
  | { room: 'comision'; section?: Section | undefined }
  | { room: 'papeles'; paper?: string | undefined; about?: string | undefined }
  | { room: 'copias' }
  | { room: 'sesion' }
  | { room: 'acta' };

/** Acts a room offers to keys and menu while it is on the screen. */
export type Acts = Record<string, () => void>;

/** Everything the window knows while it is open: the case, the place, and what is going on. */
export class Session {
  cases = $state.raw<CaseSummary[]>([]);
  case = $state.raw<CaseView | null>(null);
  matrix = $state.raw<MatrixView | null>(null);
  documents = $state.raw<DocumentsView | null>(null);
  place = $state.raw<Place>({ room: 'inicio' });
  error = $state.raw<ErrorView | null>(null);
  /** No service may be asked: `--sin-red`, or the entity's policy. */
  offline = $state(false);
  /** Packages that are new in the watched folder. */
  watch = $state.raw<WatchView | null>(null);
  /** Counts changes of the case, so that what is shown is asked for again. */
  version = $state(0);
  /** The cell last read: the matrix opens on it. */
  lastCell: CellAddress | null = null;
  /** Counts requests to show a cell in the matrix, so that it is shown also while the matrix is on the screen. */
  matrixVisit = $state(0);
  /** What was searched last. */
  searched = '';
  /** The filter of the matrix, kept while the person reads a cell. */
  filter = 'todo';
  readonly toasts = new Toasts();
  readonly tray = new ImportTray();
  readonly appearance: Appearance;
  private past: Place[] = [];
  private future: Place[] = [];
  private readonly drafts = new Map<string, Decision>();
  private acts: Acts[] = [];
  private catcher: ((paths: string[]) => void) | null = null;

  constructor(appearance: Appearance = new Appearance()) {
    this.appearance = appearance;
  }

  get caseId(): string {
    return this.case?.id ?? '';
  }

  /** Runs an act and shows its error, if any. Cancelling is no error for the person. */
  async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    this.error = null;
    try {
      return await act();
    } catch (thrown) {
      const view = asView(thrown);
      if (view.code === 'cancelled') this.toasts.show(t('app.aviso.cancelado'));
      else this.error = view;
      return undefined;
    }
  }

  async start(): Promise<void> {
    await this.loadCases();
    const about = await this.attempt(() => ask(commands.about()));
    this.offline = about?.offline ?? false;
    const launch = await commands.launch();
    const wanted = launch.case;
    const found = wanted && this.cases.find((entry) => entry.id === wanted || entry.code === wanted);
    if (found) await this.openCase(found.id);
    else if (wanted) await this.openCase(wanted);
  }

  async loadCases(): Promise<void> {
    const cases = await this.attempt(() => ask(commands.listCases()));
    if (cases) this.cases = cases;
  }

  async openCase(id: string): Promise<void> {
    const opened = await this.attempt(() => ask(commands.openCase(id)));
    if (opened) await this.enter(opened);
  }

  async enter(opened: CaseView): Promise<void> {
    this.case = opened;
    this.matrix = null;
    this.documents = null;
    this.watch = null;
    this.drafts.clear();
    this.lastCell = null;
    this.filter = 'todo';
    await this.refresh();
    this.go({ room: opened.bids.length > 0 ? 'matriz' : 'documentos' });
    void this.look();
  }

  /** Asks again for what a change may have touched. */
  async refresh(): Promise<void> {
    const id = this.caseId;
    if (!id) return;
    await this.attempt(async () => {
      const [opened, matrix] = await Promise.all([ask(commands.openCase(id)), ask(commands.matrix(id))]);
      this.case = opened;
      this.matrix = matrix;
      this.documents = null;
      this.version += 1;
    });
  }

  async loadDocuments(): Promise<DocumentsView | null> {
    const id = this.caseId;
    if (!this.documents && id) {
      this.documents = (await this.attempt(() => ask(commands.documents(id)))) ?? null;
    }
    return this.documents;
  }

  async importBids(paths: string[]): Promise<void> {
    const id = this.caseId;
    this.tray.open = true;
    const outcome = await this.attempt(() => this.tray.importBids(id, paths));
    await this.refresh();
    if (!outcome) return;
    const key = outcome.cancelled ? 'app.aviso.importacion_detenida' : 'app.aviso.importado';
    this.toasts.show(
      t(key, {
        ofertas: plural(outcome.bids, 'app.n_ofertas.uno', 'app.n_ofertas.otros'),
        paginas: plural(outcome.pages, 'app.n_paginas.uno', 'app.n_paginas.otros'),
      }),
    );
    if (outcome.remarks.length === 0) this.tray.open = false;
    if (outcome.bids > 0) this.go({ room: 'matriz' });
  }

  /** Reads a file or one of its pages once more, in sight of the tray. Returns whether it was read. */
  async readAgain(file: string, page: number | null, password: string | null = null): Promise<boolean> {
    const id = this.caseId;
    const read = await this.attempt(() => this.tray.readAgain(id, file, page, password));
    const refused = this.error;
    await this.refresh();
    this.error = refused;
    if (!read) return false;
    this.documents = read;
    this.toasts.show(t(page === null ? 'app.aviso.archivo_releido' : 'app.aviso.foja_releida', { n: page ?? 0 }));
    return true;
  }

  async createCase(pliego: string): Promise<void> {
    const made = await this.attempt(() => this.tray.createCase(pliego));
    if (made) await this.enter(made);
  }

  /** Looks into the watched folder, if the case has one; a folder that is not there is no error. */
  async look(): Promise<void> {
    const id = this.caseId;
    if (!id || this.tray.running) return;
    try {
      const seen = await ask(commands.watched(id));
      if (this.caseId === id) this.watch = seen;
    } catch {
      // The next look says it again; what the person does now is not stopped by it.
    }
  }

  /** Imports a package that was offered; once it is in, it is not offered any more. */
  async importOffer(offer: OfferView): Promise<void> {
    const id = this.caseId;
    await this.importBids([offer.path]);
    if (!this.error) await this.answerOffer(offer, 'imported', id);
  }

  async answerOffer(offer: OfferView, answer: WatchAnswer, id = this.caseId): Promise<void> {
    const seen = await this.attempt(() => ask(commands.answerOffer(id, offer.id, answer)));
    if (seen && this.caseId === id) this.watch = seen;
  }

  /** The draft of a cell: what was written stays when the person looks elsewhere. */
  draftFor(cell: CellView): Decision {
    const key = `${cell.requirement.id} ${cell.bid.id}`;
    const kept = this.drafts.get(key);
    if (kept) return kept;
    const fresh = new Decision(cell);
    this.drafts.set(key, fresh);
    return fresh;
  }

  forget(address: CellAddress): void {
    this.drafts.delete(`${address.requirement} ${address.bid}`);
  }

  async undo(): Promise<void> {
    await this.step((id) => ask(commands.undo(id)));
  }

  async redo(): Promise<void> {
    await this.step((id) => ask(commands.redo(id)));
  }

  private async step(act: (id: string) => Promise<Undone>): Promise<void> {
    if (!this.case) return;
    const done = await this.attempt(() => act(this.caseId));
    if (!done) return;
    if (done.cell) this.forget(done.cell);
    await this.refresh();
    this.toasts.show(done.text);
  }

  /** Shows a cell in the matrix. */
  goToCell(cell: CellAddress): void {
    this.lastCell = cell;
    this.filter = 'todo';
    this.matrixVisit += 1;
    this.go({ room: 'matriz' });
  }

  /** Goes to the next cell nobody has decided, from the one on the desk or from the first. */
  goUndecided(direction: 1 | -1): void {
    if (!this.matrix) return;
    const from = this.place.room === 'mesa' ? this.place.cell : null;
    const next = nextUndecided(this.matrix, from, direction);
    if (next) this.go({ room: 'mesa', cell: next });
    else this.toasts.show(t('app.aviso.nada_por_decidir'));
  }

  go(place: Place): void {
    this.past.push(this.place);
    this.future = [];
    this.error = null;
    this.place = place;
    if (place.room === 'mesa') this.lastCell = place.cell;
  }

  back(): void {
    const place = this.past.pop();
    if (!place) return;
    this.future.push(this.place);
    this.place = place;
  }

  forward(): void {
    const place = this.future.pop();
    if (!place) return;
    this.past.push(this.place);
    this.place = place;
  }

  /** Takes what falls on the window, in the place of the import of bids, while something is on the screen; returns how to stop. */
  catchDrops(take: (paths: string[]) => void): () => void {
    this.catcher = take;
    return () => {
      if (this.catcher === take) this.catcher = null;
    };
  }

  /** Hands on what fell on the window; tells whether somebody took it. */
  drop(paths: string[]): boolean {
    this.catcher?.(paths);
    return this.catcher !== null;
  }

  /** Offers acts while a room is on the screen; returns how to withdraw them. */
  provide(acts: Acts): () => void {
    this.acts.push(acts);
    return () => {
      this.acts = this.acts.filter((entry) => entry !== acts);
    };
  }

  /** Runs the act that the innermost room offers under this name. */
  run(act: string): boolean {
    for (const offered of [...this.acts].reverse()) {
      const found = offered[act];
      if (found) {
        found();
        return true;
      }
    }
    return false;
  }
}

export const [useSession, provideSession] = createContext<Session>();
