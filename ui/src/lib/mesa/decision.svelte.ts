import type { CellAddress, CellView, DecisionDraft, EvidenceView, Verdict } from '$lib/ipc/bindings';
import type { Key } from '$lib/words/catalogue';

/** A written part of the motivation. */
export type Part = 'fact' | 'norm' | 'conclusion';

/** The verdicts a person can choose, in the order of their keys. */
export const CHOICES: readonly Verdict[] = ['cumple', 'no_cumple', 'a_convalidar', 'no_aplica'];

/** What a person is about to decide: filled in from the proposal in pencil, ink once touched. */
export class Decision {
  readonly address: CellAddress;
  verdict = $state<Verdict | null>(null);
  fact = $state('');
  norm = $state('');
  conclusion = $state('');
  chosen = $state.raw<ReadonlySet<number>>(new Set());
  added = $state.raw<readonly EvidenceView[]>([]);
  touched = $state.raw<ReadonlySet<Part | 'verdict'>>(new Set());
  private readonly evidence: readonly EvidenceView[];
  private readonly blocked: CellView['blocked'];

  constructor(cell: CellView) {
    this.address = { requirement: cell.requirement.id, bid: cell.bid.id };
    this.evidence = cell.evidence;
    this.blocked = cell.blocked;
    // Where members differ, the latest decision may be another's: nobody signs it as one's own by pressing on.
    const decided = cell.votes ? null : cell.decision;
    const own = cell.votes?.votes.find((vote) => vote.me);
    const written = decided?.motivation ?? cell.draft;
    this.fact = written.fact;
    this.norm = written.norm;
    this.conclusion = written.conclusion;
    this.chosen = new Set(decided ? decided.evidence : cell.evidence.keys());
    if (decided) {
      this.verdict = decided.verdict;
      this.touched = new Set(['fact', 'norm', 'conclusion', 'verdict']);
    } else if (own) {
      this.verdict = own.verdict;
    } else if (cell.proposal && cell.proposal.verdict !== 'pendiente' && !this.reason(cell.proposal.verdict)) {
      this.verdict = cell.proposal.verdict;
    }
  }

  /** Why a verdict cannot be chosen, if it cannot. */
  reason(verdict: Verdict): string | null {
    return this.blocked.find((entry) => entry.verdict === verdict)?.reason ?? null;
  }

  choose(verdict: Verdict): void {
    if (this.reason(verdict)) return;
    this.verdict = verdict;
    this.touch('verdict');
  }

  touch(part: Part | 'verdict'): void {
    this.touched = new Set([...this.touched, part]);
  }

  /** True while a part is still what the machine wrote. */
  isPencil(part: Part | 'verdict'): boolean {
    return !this.touched.has(part);
  }

  toggle(index: number): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(index)) chosen.add(index);
    this.chosen = chosen;
  }

  add(evidence: EvidenceView): void {
    this.added = [...this.added, evidence];
  }

  removeAdded(index: number): void {
    this.added = this.added.filter((_, position) => position !== index);
  }

  /** The pieces of evidence that go with the decision, in words for the acta. */
  get evidenceText(): string {
    const pieces = [...this.evidence.filter((_, index) => this.chosen.has(index)), ...this.added];
    return [...new Set(pieces.map((piece) => [piece.file_name, piece.place_text].filter(Boolean).join(', ')))].join(
      '; ',
    );
  }

  /** What is missing before this can be decided, each a key of the catalogue. */
  get missing(): Key[] {
    const missing: Key[] = [];
    const has = (text: string) => text.trim() !== '';
    const pieces = this.chosen.size + this.added.length;
    if (!this.verdict) return ['app.falta.veredicto'];
    if (this.verdict === 'no_cumple') {
      if (!has(this.fact)) missing.push('app.falta.hecho');
      if (pieces === 0) missing.push('app.falta.pagina');
      if (!has(this.norm)) missing.push('app.falta.norma');
      if (!has(this.conclusion)) missing.push('app.falta.conclusion');
    } else if (this.verdict === 'a_convalidar') {
      if (!has(this.fact)) missing.push('app.falta.hecho');
      if (!has(this.norm)) missing.push('app.falta.norma');
    } else if (this.verdict === 'no_aplica') {
      if (!has(this.norm) && !has(this.conclusion)) missing.push('app.falta.norma_o_conclusion');
    } else if (pieces === 0 && !has(this.fact) && !has(this.conclusion)) {
      missing.push('app.falta.evidencia_o_motivo');
    }
    return missing;
  }

  /** What crosses to the core, or nothing while something is missing. */
  draft(): DecisionDraft | null {
    if (!this.verdict || this.missing.length > 0) return null;
    return {
      cell: this.address,
      verdict: this.verdict,
      motivation: {
        fact: this.fact.trim(),
        evidence: this.evidenceText,
        norm: this.norm.trim(),
        conclusion: this.conclusion.trim(),
      },
      evidence: [...this.chosen].sort((a, b) => a - b),
      added: [...this.added],
    };
  }
}
