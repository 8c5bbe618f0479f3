// A commission of two on one machine: what the tests and the pictures of its room start from.
import assert from 'node:assert/strict';
import { ask, openCaseId } from './border.js';

/** Asks the core and takes the answer; a refusal ends the test. */
export async function core(driver, command, args) {
  const { data, error } = await ask(driver, command, args);
  assert.equal(error, undefined, `${command}: ${JSON.stringify(error)}`);
  return data;
}

/**
 * Seats two members. The person at this machine takes the place of each in turn: the first accepts proposals, the second holds one of them, and
 * another cell, against the bid. Returns the cell on which they differ, and the other.
 */
export async function twoMembersDecide(driver) {
  const caseId = await openCaseId(driver);
  const blank = { id: null, cedula: '', position: '', gender: null, present: true, substitutes: null, substitution: null };
  const seats = [
    { ...blank, name: 'Ana Muñoz Paredes', capacity: 'presidente', me: true },
    { ...blank, name: 'Luis Vera Castro', capacity: 'titular_area_requirente', me: false },
  ];
  const first = await core(driver, 'record_commission', { caseId, draft: { body: 'comision_tecnica', designation: null, seats } });
  const matrix = await core(driver, 'matrix', { caseId });
  const cells = matrix.groups
    .flatMap((group) => group.rows)
    .filter((row) => row.requirement.kind === 'minimo')
    .flatMap((row) => row.cells.map((cell) => ({ ...cell, requirement: row.requirement.id })))
    .filter((cell) => cell.state === 'proposed' && cell.verdict === 'cumple');
  const address = ({ requirement, bid }) => ({ requirement, bid });
  const disputed = address(cells[0]);
  const against = address(cells.find((cell) => cell.requirement !== disputed.requirement && cell.bid === disputed.bid));
  const accepted = cells.map(address).filter((cell) => cell.requirement !== against.requirement);
  await core(driver, 'decide_many', { caseId, cells: accepted.slice(0, 4), verdict: 'cumple', conclusion: 'Consta en la oferta.' });
  const others = first.data.seats.map((seat, index) => ({ ...seat, me: index === 1 }));
  await core(driver, 'record_commission', { caseId, draft: { ...first.data, seats: others } });
  for (const cell of [disputed, against]) {
    await core(driver, 'open_evidence', { caseId, cell, pieces: [] });
    const { evidence } = await core(driver, 'cell', { caseId, cell });
    const motivation = {
      fact: 'El certificado no alcanza el monto.',
      evidence: 'Consta en la página citada.',
      norm: 'Pliego',
      conclusion: 'No alcanza el mínimo exigido de USD 987.654,32.',
    };
    const draft = { cell, verdict: 'no_cumple', motivation, evidence: evidence.map((_, index) => index), added: [] };
    await core(driver, 'decide', { caseId, draft });
  }
  return { disputed, against };
}
