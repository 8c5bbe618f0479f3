import type { FormulaKindView, FormulaView, ParameterView, PointAnswerDraft, PointsView } from '$lib/ipc/bindings';
import { readAmount } from '$lib/convalidacion/amount';

/** What is asked of a person. */
export interface Question {
  kind: 'points' | 'formula' | 'value' | 'counts' | 'weights';
  requirement: string | null;
  name: string;
  bid: number | null;
  text: string;
}

export const keyOf = (question: Question) => `${question.kind}|${question.requirement ?? ''}|${question.bid ?? ''}`;

/** What is asked of a parameter before its bids can be scored; `null` when nothing is. */
export function ofParameter(parameter: ParameterView): Question | null {
  if (parameter.set_aside !== null) return null;
  const { requirement, name, questions } = parameter;
  const question = (kind: 'points' | 'formula', text: string): Question => ({ kind, requirement, name, bid: null, text });
  if (parameter.points === null) return question('points', questions[0] ?? name);
  if (parameter.kind === null) return question('formula', questions.at(-1) ?? name);
  return null;
}

/** Everything that is asked by now, each once, in the order of the pliego. */
export function asked(view: PointsView): Question[] {
  const found = new Map<string, Question>();
  const add = (question: Question) => {
    const key = keyOf(question);
    if (!found.has(key)) found.set(key, question);
  };
  const [portal, motivated] = view.scorings;
  for (const [index, one] of (motivated?.parameters ?? []).entries()) {
    for (const parameter of [one, portal?.parameters[index]]) {
      if (!parameter) continue;
      const first = ofParameter(parameter);
      if (first) add(first);
      else if (parameter.set_aside === null)
        for (const cell of parameter.cells)
          if (cell.outcome === 'ask')
            add({ kind: 'value', requirement: parameter.requirement, name: parameter.name, bid: cell.number, text: cell.question ?? '' });
    }
  }
  if (view.consultancy?.asks_weights) {
    const text = view.consultancy.cells.find((cell) => cell.outcome === 'ask')?.question ?? '';
    add({ kind: 'weights', requirement: null, name: '', bid: null, text });
  }
  return [...found.values()];
}

/** What a person writes into the form of an answer. */
export interface Written {
  value: string;
  yes: boolean | null;
  formula: FormulaKindView | null;
  least: string;
  most: string;
  steps: { from: string; points: string }[];
  technical: string;
  economic: string;
}

export function blank(): Written {
  return { value: '', yes: null, formula: null, least: '', most: '', steps: [{ from: '', points: '' }], technical: '', economic: '' };
}

/** Takes a source's formula into the form. */
export function taken(written: Written, formula: FormulaView): Written {
  const people = (text: string | null | undefined) => (text ?? '').replace('.', ',');
  return { ...written, formula: formula.kind, least: people(formula.least), most: people(formula.most) };
}

/** Which ends a formula has, and whether each must be given. */
export function ends(kind: FormulaKindView | null): { least: boolean; most: boolean; must: boolean } {
  if (kind === 'above_minimum' || kind === 'range') return { least: true, most: true, must: true };
  return { least: kind === 'proportional', most: kind === 'proportional', must: false };
}

/** A number as people write it, in contract form; `null` when it is none or nothing is written. */
export const readNumber = (text: string): string | null => readAmount(text.replace(/\s*%$/, '')) || null;

/** Makes the answer; `null` while something of it is missing or is no number. */
export function draftOf(question: Question, written: Written, yesOrNo = false): PointAnswerDraft | null {
  const requirement = question.requirement ?? '';
  const value = readNumber(written.value);
  switch (question.kind) {
    case 'points':
      return value === null ? null : { about: 'points', requirement, value };
    case 'value': {
      const given = yesOrNo ? (written.yes === null ? null : written.yes ? '1' : '0') : value;
      return given === null || question.bid === null ? null : { about: 'value', requirement, bid: question.bid, value: given };
    }
    case 'counts':
      return written.yes === null ? null : { about: 'counts', requirement, counts: written.yes };
    case 'weights': {
      const [technical, economic] = [readNumber(written.technical), readNumber(written.economic)];
      return technical === null || economic === null ? null : { about: 'weights', technical, economic };
    }
    case 'formula': {
      const formula = formulaOf(written);
      return formula === null ? null : { about: 'formula', requirement, formula };
    }
  }
}

function formulaOf(written: Written): FormulaView | null {
  const kind = written.formula;
  if (kind === null) return null;
  const { least: hasLeast, most: hasMost, must } = ends(kind);
  const end = (has: boolean, text: string): string | null | undefined => {
    if (!has) return null;
    if (text.trim() === '') return must ? undefined : null;
    return readNumber(text) ?? undefined;
  };
  const [least, most] = [end(hasLeast, written.least), end(hasMost, written.most)];
  if (least === undefined || most === undefined) return null;
  const steps = [];
  if (kind === 'steps') {
    for (const step of written.steps.filter((one) => one.from.trim() !== '' || one.points.trim() !== '')) {
      const [from, points] = [readNumber(step.from), readNumber(step.points)];
      if (from === null || points === null) return null;
      steps.push({ from, points });
    }
    if (steps.length === 0) return null;
  }
  return { kind, least, most, steps };
}
