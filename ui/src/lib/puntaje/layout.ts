import type { ParameterView, PointsCellView, PointsPlaceView, PointsTotalView, PointsView, ScoringView } from '$lib/ipc/bindings';

/** Which scorings are on the screen. */
export type Mode = 'dos' | 'portal' | 'motivado';
/** The Portal's scoring, or the motivated one: their place in the view. */
export type Of = 0 | 1;

export type Row =
  | { kind: 'parameter'; of: Of; shared: boolean; parameter: ParameterView }
  | { kind: 'group'; of: Of }
  | { kind: 'total'; of: Of; scoring: ScoringView }
  | { kind: 'both' };

/** The rows of the table: what both scorings share once, then what differs under each, each with its total. */
export function rowsOf(view: PointsView, mode: Mode): Row[] {
  const [portal, motivated] = view.scorings;
  if (!portal || !motivated) return [];
  const both: Row[] = view.consultancy ? [{ kind: 'both' }] : [];
  const all = (of: Of, scoring: ScoringView, take: (parameter: ParameterView) => boolean, shared = false): Row[] =>
    scoring.parameters.filter(take).map((parameter) => ({ kind: 'parameter', of, shared, parameter }));
  if (mode === 'portal') return [...all(0, portal, () => true), { kind: 'total', of: 0, scoring: portal }, ...both];
  if (mode === 'motivado') return [...all(1, motivated, () => true), { kind: 'total', of: 1, scoring: motivated }, ...both];
  const differs = new Set(view.differences.map((difference) => difference.requirement));
  const rows = all(1, motivated, (parameter) => !differs.has(parameter.requirement), true);
  const apart = ({ requirement }: ParameterView) => differs.has(requirement);
  const part = (of: Of, scoring: ScoringView): Row[] => [
    ...(differs.size > 0 ? [{ kind: 'group', of } as Row] : []),
    ...all(of, scoring, apart),
    { kind: 'total', of, scoring },
  ];
  return [...rows, ...part(0, portal), ...part(1, motivated), ...both];
}

/** What a cell of the table holds. */
export type Held =
  | { kind: 'points'; parameter: ParameterView; cell: PointsCellView; of: Of }
  | { kind: 'total'; scoring: ScoringView; total: PointsTotalView; of: Of }
  | { kind: 'both'; cell: PointsCellView };

export function heldBy(view: PointsView, row: Row, number: number): Held | null {
  if (row.kind === 'parameter') {
    const cell = row.parameter.cells.find((found) => found.number === number);
    return cell ? { kind: 'points', parameter: row.parameter, cell, of: row.of } : null;
  }
  if (row.kind === 'total') {
    const total = row.scoring.totals.find((found) => found.number === number);
    return total ? { kind: 'total', scoring: row.scoring, total, of: row.of } : null;
  }
  const cell = row.kind === 'both' ? view.consultancy?.cells.find((found) => found.number === number) : undefined;
  return cell ? { kind: 'both', cell } : null;
}

/** The place of a bid in an order; `null` when it has none yet. */
export function placeOf(order: readonly PointsPlaceView[], number: number): number | null {
  return order.find((place) => place.bids.includes(number))?.place ?? null;
}

/** The value of the bid itself, as the formula takes it. */
export function ownValue(cell: PointsCellView): string | null {
  return cell.inputs.find((input) => input.number === cell.number)?.value.replace(/^USD /, '') ?? null;
}

/** A number of points times a quotient, with the word of each: what a formula bar writes as a fraction. */
export interface Fraction {
  factor: string;
  above: string;
  below: string;
  aboveName: string;
  belowName: string;
}

/** Reads the step that gives the points as a fraction; `null` where it is none. */
export function fractionOf(cell: PointsCellView): Fraction | null {
  const last = [...cell.steps].reverse().find((step) => step.inputs.includes(' / '));
  const parts = last && /^(\S+) × (.+) \/ (.+)$/.exec(last.inputs);
  if (!last || !parts) return null;
  const names = /^.+? × (.+) \/ (.+)$/.exec(last.step);
  return {
    factor: parts[1] ?? '',
    above: parts[2] ?? '',
    below: parts[3] ?? '',
    aboveName: names?.[1] ?? '',
    belowName: names?.[2] ?? '',
  };
}

/** The sum that a total is, in the words of the table: `1,74 + 15,00`. */
export function sumOf(scoring: ScoringView, number: number): string {
  return scoring.parameters
    .filter((parameter) => parameter.set_aside === null)
    .map((parameter) => parameter.cells.find((cell) => cell.number === number)?.points ?? '?')
    .join(' + ');
}

/** What comes before rounding, without its exact fraction, which the working shows. */
export const short = (unrounded: string | null): string => unrounded?.split(' (')[0] ?? '';
