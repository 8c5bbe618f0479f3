import type { SourceStatus, SourceView, SupplierView } from '$lib/ipc/bindings';

/** What is known from a source: known, against the bidder, not known, or for a person. Four different looks, and none of them a pass. */
export type Look = 'known' | 'adverse' | 'unknown' | 'person';

const OF: Record<SourceStatus, Look> = {
  answered: 'known',
  absent: 'adverse',
  unknown: 'unknown',
  not_asked: 'unknown',
  by_hand: 'person',
};

/** How a source looks: its answer, what a person noted of it, and whether something in it must be looked at. */
export function lookOf(source: SourceView): Look {
  if (source.note) {
    if (source.note.outcome === 'clear') return 'known';
    return source.note.outcome === 'adverse' ? 'adverse' : 'unknown';
  }
  const look = OF[source.status];
  return look === 'known' && source.findings.some((finding) => finding.severity !== 'info') ? 'adverse' : look;
}

/** Counts the looks of all sources. */
export function tally(suppliers: readonly SupplierView[]): Record<Look, number> {
  const counts: Record<Look, number> = { known: 0, adverse: 0, unknown: 0, person: 0 };
  for (const source of suppliers.flatMap((supplier) => supplier.sources)) counts[lookOf(source)] += 1;
  return counts;
}
