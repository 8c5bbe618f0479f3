import type { CureCandidate, CureItemOrder, CureRequestView, MotivationOrder, MotivationView } from '$lib/ipc/bindings';

const drafts = new Map<string, object>();

/** What was written stays when the person looks at a page and comes back. What it was drafted from belongs into the key: a draft of what has
 *  changed since is not offered again. */
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
export class MotivationDraft {
  fact = $state('');
  evidence = $state('');
  norm = $state('');
  conclusion = $state('');
  touched: Record<Part, boolean> = $state({ fact: false, evidence: false, norm: false, conclusion: false });

  constructor(from: Partial<MotivationView> = {}) {
    for (const part of PARTS) this[part] = from[part] ?? '';
  }

  write(part: Part, text: string): void {
    this[part] = text;
    this.touched[part] = true;
  }
}

export function motivationOrder(draft: MotivationDraft): MotivationOrder {
  const { fact, evidence, norm, conclusion } = draft;
  return { fact: fact.trim(), evidence: evidence.trim(), norm: norm.trim(), conclusion: conclusion.trim() };
}

/** The parts that are still empty. */
export function missingParts(draft: MotivationDraft): Part[] {
  return PARTS.filter((part) => draft[part].trim() === '');
}

/** One request that is being written: from what is proposed, or from what was recorded before it is notified. */
export class ItemDraft {
  readonly requirement: string;
  readonly bid: string;
  /** Whether it goes into the act. */
  asked = $state(false);
  error = $state('');
  document = $state('');
  section = $state('');
  defect = $state('');
  to_cure = $state('');
  reason = $state('');

  constructor(found: CureCandidate, recorded?: CureRequestView) {
    this.requirement = found.requirement;
    this.bid = found.bid;
    this.asked = recorded !== undefined || (found.answer === 'curable' && found.decided);
    this.error = recorded && recorded.error !== found.error ? recorded.error : '';
    this.document = recorded?.document ?? found.document;
    this.defect = recorded?.defect ?? found.defect;
    this.to_cure = recorded?.to_cure ?? found.to_cure;
    this.reason = recorded?.reason ?? '';
  }
}

/** The term of an act that is being written. */
export class TermDraft {
  days = $state('');
  date = $state('');
  hour = $state('17:00');
  canton = $state('');
  reason = $state('');

  constructor(days: string) {
    this.days = days;
    this.date = nowHere().date;
  }
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
