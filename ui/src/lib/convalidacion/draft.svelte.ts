import type { CureCandidate, CureItemOrder, CureRequestView, MotivationOrder, MotivationView } from '$lib/ipc/bindings';

const drafts = new Map<string, object>();

/** What was written stays when the person looks at a page and comes back. */
export function kept<T extends object>(key: string, make: () => T): T {
  const found = drafts.get(key);
  if (found) return found as T;
  const fresh = $state(make());
  drafts.set(key, fresh);
  return fresh;
}

/** Forgets what was written under keys that begin so: it was recorded. */
export function forget(prefix: string): void {
  for (const key of drafts.keys()) if (key.startsWith(prefix)) drafts.delete(key);
}

export const PARTS = ['fact', 'evidence', 'norm', 'conclusion'] as const;
export type Part = (typeof PARTS)[number];

/** A motivation that is being written: what the program drafted is pencil until somebody touches it. */
export interface MotivationDraft extends Required<MotivationOrder> {
  touched: Record<Part, boolean>;
}

export function motivationDraft(from: Partial<MotivationView> = {}): MotivationDraft {
  return {
    fact: from.fact ?? '',
    evidence: from.evidence ?? '',
    norm: from.norm ?? '',
    conclusion: from.conclusion ?? '',
    touched: { fact: false, evidence: false, norm: false, conclusion: false },
  };
}

export function motivationOrder(draft: MotivationDraft): MotivationOrder {
  const { fact, evidence, norm, conclusion } = draft;
  return { fact: fact.trim(), evidence: evidence.trim(), norm: norm.trim(), conclusion: conclusion.trim() };
}

/** The parts that are still empty. */
export function missingParts(draft: MotivationDraft): Part[] {
  return PARTS.filter((part) => draft[part].trim() === '');
}

/** One request that is being written. */
export interface ItemDraft {
  requirement: string;
  bid: string;
  /** Whether it goes into the act. */
  asked: boolean;
  error: string;
  document: string;
  section: string;
  defect: string;
  to_cure: string;
  reason: string;
}

/** Starts a request from what is proposed, or from what was recorded before it is notified. */
export function itemDraft(found: CureCandidate, recorded?: CureRequestView): ItemDraft {
  return {
    requirement: found.requirement,
    bid: found.bid,
    asked: recorded !== undefined || (found.answer === 'curable' && found.decided),
    error: recorded && recorded.error !== found.error ? recorded.error : '',
    document: recorded?.document ?? found.document,
    section: '',
    defect: recorded?.defect ?? found.defect,
    to_cure: recorded?.to_cure ?? found.to_cure,
    reason: recorded?.reason ?? '',
  };
}

/** What the act takes of it. */
export function itemOrder(draft: ItemDraft): CureItemOrder {
  const { requirement, bid, error, document, section, defect, to_cure, reason } = draft;
  return { requirement, bid, error, document, section, defect, to_cure, reason };
}

/** What a request lacks before it can be recorded: names of its fields. */
export function missingOf(draft: ItemDraft, found: CureCandidate): ('document' | 'defect' | 'to_cure' | 'reason' | 'error')[] {
  const missing: ('document' | 'defect' | 'to_cure' | 'reason' | 'error')[] = [];
  if (draft.document.trim() === '') missing.push('document');
  if (draft.defect.trim() === '') missing.push('defect');
  if (draft.to_cure.trim() === '') missing.push('to_cure');
  if (found.answer === 'ask' && draft.error === '' && draft.reason.trim() === '') missing.push('reason');
  if (found.answer === 'not_curable' && draft.error === '') missing.push('error');
  return missing;
}

/** Local moment of Ecuador now: date and hour, as the forms write them. */
export function nowHere(now = Date.now()): { date: string; hour: string } {
  const here = new Date(now - 5 * 3600 * 1000).toISOString();
  return { date: here.slice(0, 10), hour: here.slice(11, 16) };
}
