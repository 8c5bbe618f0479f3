import type { ParameterView, PointsCellView, PointsView, ScoringView } from '$lib/ipc/bindings';

// What the tests of this room build their tables from.
const origin = { text: 'Pliego, p. 41', place: null, verified: true, by_person: false };
export function cell(number: number, points: string | null, more: Partial<PointsCellView> = {}): PointsCellView {
  return {
    number,
    outcome: points === null ? 'ask' : 'scored',
    points,
    unrounded: points,
    question: points === null ? '¿Cuánto?' : null,
    provisional: [],
    formula: '',
    formula_sources: [],
    inputs: [],
    steps: [],
    legal_basis: [],
    norm_unverified: false,
    ...more,
  };
}
export function parameter(requirement: string, cells: PointsCellView[], more: Partial<ParameterView> = {}): ParameterView {
  return {
    requirement,
    name: requirement,
    source: origin,
    points: '50',
    formula: 'x',
    kind: 'inverse',
    questions: [],
    offered: [],
    set_aside: null,
    notes: [],
    norm_unverified: false,
    cells,
    ...more,
  };
}
export function scoring(title: string, parameters: ParameterView[], order: ScoringView['order']): ScoringView {
  const totals = [1, 2].map((number) => ({ number, points: '90', exact: null, provisional: false, missing: [], notes: [] }));
  return { title, out_of: '100', parameters, totals, order, provisional: false, notes: [], sheet: [] };
}
export function view(portal: ParameterView[], motivated: ParameterView[], differs: string[]): PointsView {
  return {
    unavailable: null,
    sealed: null,
    lacking: [],
    bids: [1, 2].map((number) => ({ number, id: `b${number}`, name: `Oferente ${number}`, standing: 'qualified' })),
    scorings: [
      scoring('Puntaje Portal', portal, [{ place: 1, bids: [1] }, { place: 2, bids: [2] }]),
      scoring('Puntaje motivado', motivated, [{ place: 1, bids: [2] }, { place: 2, bids: [1] }]),
    ],
    differences: differs.map((requirement) => ({ requirement, name: requirement, reason: '', sources: [] })),
    reconciliation: [],
    unverified: [],
    consultancy: null,
    low_offers: [],
    answers: [],
  };
}
