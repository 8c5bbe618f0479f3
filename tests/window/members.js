// A commission of two, one of whom is at this machine: what the tests and the pictures of its room start from.
import assert from 'node:assert/strict';
import { ask, openCaseId } from './border.js';

/** Asks the core and takes the answer; a refusal ends the test. */
export async function core(driver, command, args) {
  const { data, error } = await ask(driver, command, args);
  assert.equal(error, undefined, `${command}: ${JSON.stringify(error)}`);
  return data;
}

/**
 * Seats two members. The one at this machine accepts proposals and holds one cell against a bid, with a number that nothing asks for. Returns that
 * cell.
 */
export async function aMemberDecides(driver) {
  const caseId = await openCaseId(driver);
  const known = await core(driver, 'commission', { caseId });
  const blank = { id: null, cedula: '', position: '', gender: null, present: true, substitutes: null, substitution: null };
  const seats = [
    { ...blank, id: known.data.seats[0]?.id ?? null, name: 'Ana Muñoz Paredes', capacity: 'presidente', me: true },
    { ...blank, name: 'Luis Vera Castro', capacity: 'titular_area_requirente', me: false },
  ];
  await core(driver, 'record_commission', { caseId, draft: { body: 'comision_tecnica', designation: null, seats } });
  const matrix = await core(driver, 'matrix', { caseId });
  const cells = matrix.groups
    .flatMap((group) => group.rows)
    .filter((row) => row.requirement.kind === 'minimo')
    .flatMap((row) => row.cells.map((cell) => ({ ...cell, requirement: row.requirement.id })))
    .filter((cell) => cell.state === 'proposed' && cell.verdict === 'cumple')
    .map(({ requirement, bid }) => ({ requirement, bid }));
  const [against, ...rest] = cells;
  const accepted = rest.filter((cell) => cell.requirement !== against.requirement).slice(0, 4);
  await core(driver, 'decide_many', { caseId, cells: accepted, verdict: 'cumple', conclusion: 'Consta en la oferta.' });
  await core(driver, 'open_evidence', { caseId, cell: against, pieces: [] });
  const { evidence } = await core(driver, 'cell', { caseId, cell: against });
  const motivation = {
    fact: 'El certificado no alcanza el monto.',
    evidence: 'Consta en la página citada.',
    norm: 'Pliego',
    conclusion: 'No alcanza el mínimo exigido de USD 987.654,32.',
  };
  const draft = { cell: against, verdict: 'no_cumple', motivation, evidence: evidence.map((_, index) => index), added: [] };
  await core(driver, 'decide', { caseId, draft });
  return against;
}
