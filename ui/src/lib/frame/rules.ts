import type { RuleValueView } from '$lib/ipc/bindings';

/** What a person is about to record about a value or a flag. */
export interface RuleAct {
  kind: 'verify' | 'set' | 'flag';
  /** The value's key, or the flag's article. */
  key: string;
  by: string;
  /** The paper: document, source or announcement. */
  paper: string;
  value: string;
  reason: string;
}

/** Drops accents and case, as people search. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Chooses the values to show: those with every word that is looked for in key, source or note. What is asked (`null`) counts as unverified. */
export function shownValues(values: RuleValueView[], wanted: string, onlyUnverified: boolean): RuleValueView[] {
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  return values.filter((value) => {
    if (onlyUnverified && value.verified) return false;
    const text = folded(`${value.key} ${value.source} ${value.note ?? ''}`);
    return words.every((word) => text.includes(word));
  });
}
