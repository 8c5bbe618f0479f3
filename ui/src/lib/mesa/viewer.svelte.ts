import type { EvidenceView, FileView } from '$lib/ipc/bindings';
import { t } from '$lib/words/catalogue';
import { type Rotation, turn } from './transform';

const STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.12, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];

/** Page of a piece of evidence, where it has one. */
export function pageOf(piece: EvidenceView): number | null {
  return piece.place.kind === 'elsewhere' ? null : piece.place.page;
}

/** The place of a piece of evidence in as few words as there are: `p. 3`, `párr. 12`, `B7:F7`. */
export function shortPlace({ place, place_text }: EvidenceView): string {
  if (place.kind === 'elsewhere') return place_text;
  if (place.kind === 'page') return t('app.pagina', { n: place.page });
  if (place.paragraph !== null) return t('app.lugar.parrafo', { n: place.paragraph });
  return place.range ?? place.sheet ?? t('app.pagina', { n: place.page });
}

/** What lies under the lamp: which page, how large, how turned, which evidence is active. */
export class Viewer {
  shown = $state.raw<{ file: string; number: number } | null>(null);
  /** Index of the active evidence of the cell. */
  active = $state<number | null>(null);
  /** Counts requests to scroll to the active evidence, so that asking twice scrolls twice. */
  asked = $state(0);
  rotation = $state<Rotation>(0);
  /** Pixels a point; `null` fits the width. */
  zoom = $state<number | null>(null);
  /** What fitting comes to in the pane, told by the pane. */
  fitted = $state(1);

  get scale(): number {
    return this.zoom ?? this.fitted;
  }

  show(file: string, number: number): void {
    if (this.shown?.file !== file || this.shown.number !== number) this.rotation = 0;
    this.shown = { file, number };
    this.active = null;
  }

  showEvidence(index: number, piece: EvidenceView): void {
    const number = pageOf(piece);
    if (number !== null) this.show(piece.file, number);
    this.active = index;
    this.asked += 1;
  }

  /** Opens on the first evidence that has a page, else on the first page that was handed in. */
  showFirst(evidence: readonly EvidenceView[], files: readonly FileView[]): void {
    const index = evidence.findIndex((piece) => pageOf(piece) !== null);
    const piece = evidence[index];
    if (piece) {
      this.showEvidence(index, piece);
      return;
    }
    const file =
      files.find((candidate) => candidate.hash === evidence[0]?.file) ??
      files.find((candidate) => candidate.pages.length > 0);
    const first = file?.pages[0];
    if (file && first) this.show(file.hash, first.number);
  }

  enlarge(direction: 1 | -1): void {
    const scale = this.scale;
    const steps = direction > 0 ? STEPS : [...STEPS].reverse();
    this.zoom = steps.find((step) => (direction > 0 ? step > scale + 0.01 : step < scale - 0.01)) ?? scale;
  }

  fit(): void {
    this.zoom = null;
  }

  turn(): void {
    this.rotation = turn(this.rotation);
  }
}
