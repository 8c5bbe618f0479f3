// A convalidación in the real window: asked, notified to all, answered, compared; the price that nobody asked about is told, and what the
// law does not allow cannot be chosen.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';
import { ask, openCaseId, press } from './border.js';
import { click, find, openWindow, program, sees, write } from './window.js';

const run = promisify(execFile);
const READING = 300_000;
let folder;
let window;
let driver;
let answer;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cotejo-convalidacion-'));
  const data = path.join(folder, 'datos');
  const options = { timeout: READING, maxBuffer: 1 << 24 };
  await run(program('cotejo'), ['--datos', path.join(folder, 'otros'), 'demo', '--semilla', '7', '--salida', path.join(folder, 'demo')], options);
  const sample = path.join(folder, 'demo', 'muestra');
  const truth = JSON.parse(await readFile(path.join(sample, 'verdad.json'), 'utf8'));
  answer = { ...truth.answers[0], path: path.join(sample, truth.answers[0].folder) };
  const clean = truth.bids.find((bid) => bid.profile === 'limpio');
  const cli = (...args) => run(program('cotejo'), ['--datos', data, ...args], options);
  const made = await cli('caso', 'nuevo', '--pliego', path.join(sample, truth.pliego));
  // Exit 1 says that something deserves a look: the sample has planted defects.
  await cli('caso', 'importar', made.stdout.trim(), path.join(sample, answer.bid), path.join(sample, clean.folder)).catch((error) => {
    if (error.code !== 1) throw error;
  });
  window = await openWindow({ args: ['--datos', data, '--sin-red'] });
  driver = window.driver;
  await click(driver, '[data-caso]');
  await find(driver, 'td[role="gridcell"]', READING);
});

after(async () => {
  await window?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes into a field that may lie further down: it is brought into sight first. */
async function into(css, text) {
  await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', await find(driver, css));
  await write(driver, css, text);
}

/** Writes a date or an hour as a person does: it is read when the field is left. */
async function fill(css, text) {
  await into(css, text);
  await (await find(driver, css)).sendKeys(Key.TAB);
}

const step = (name) => click(driver, `[data-ir-paso="${name}"]`);
const stateOf = async (name) => (await find(driver, `[data-ir-paso="${name}"]`)).getAttribute('data-estado');
const count = async (css) => (await driver.findElements(By.css(css))).length;

test('a signature is validated in the official application, with its result as a file, before it may hurt a bid', async () => {
  await click(driver, '[data-sala="convalidacion"]');
  // What nobody validated comes first: a form that turns out to be signed is not asked.
  await find(driver, '[data-convalidacion="constatacion"] [data-constatar]', READING);
  const caseId = await openCaseId(driver);
  const { data: before } = await ask(driver, 'constatations', { caseId });
  const row = before.pending.find((wants) => wants.files.length > 0);
  const at = `[data-constatar="${row.requirement}|${row.bid_number}"]`;
  await click(driver, `${at} [data-escribir-constatacion]`);
  const register = await find(driver, `${at} [data-registrar-constatacion]`);
  assert.equal(await register.isEnabled(), false, 'without what the application said, and without its result');
  await click(driver, `${at} [data-constatar-archivo] option[value="${row.files[0].file}"]`);
  await click(driver, `${at} [data-constatar-resultado="sin_firma"]`);
  assert.equal(await register.isEnabled(), false, 'its result is a file of its own');
  const proof = path.join(folder, 'resultado-firmaec.txt');
  await writeFile(proof, 'El documento no tiene firmas.');
  await into(`${at} [data-constatar-prueba]`, proof);
  await click(driver, `${at} [data-registrar-constatacion]`);
  await find(driver, '[data-constatada]', READING);
  const { data: after } = await ask(driver, 'constatations', { caseId });
  assert.equal(after.done.length, 1);
  assert.equal(after.done[0].proof_name, 'resultado-firmaec.txt');
  assert.ok(after.pending.length < before.pending.length, 'it does not wait any more');
  await press(driver, Key.CONTROL, 'z');
  await find(driver, `${at} [data-escribir-constatacion]`, READING);
  await press(driver, Key.CONTROL, Key.SHIFT, 'z');
  await find(driver, '[data-constatada]', READING);
});

test('what a defect is, a person says with a reason, and takes it back', async () => {
  await step('defectos');
  const caseId = await openCaseId(driver);
  const { data: view } = await ask(driver, 'curing', { caseId });
  const defect = view.defects.find((found) => found.natures.some((nature) => nature.key === 'formal'));
  assert.ok(defect, 'the sample has a defect to name');
  const at = `[data-defecto="${defect.requirement}|${defect.bid_number}"]`;
  if (!defect.waits) await click(driver, '[data-otros-defectos]');
  await click(driver, `${at} [data-decir-defecto]`);
  const register = await find(driver, `${at} [data-registrar-defecto]`);
  await click(driver, `${at} [data-es="formal"]`);
  await click(driver, `${at} [data-defecto-error] option:nth-of-type(2)`);
  assert.equal(await register.isEnabled(), false, 'nobody said why');
  await into(`${at} [data-defecto-motivo]`, 'El dato consta en otro formulario de la misma oferta.');
  await into(`${at} [data-defecto-numeral]`, '4.1.2');
  await click(driver, `${at} [data-registrar-defecto]`);
  await find(driver, `${at} [data-dicho="formal"]`, READING);
  await click(driver, `${at} [data-retirar-defecto]`);
  await find(driver, `[data-por-decir="${view.defects.filter((found) => found.waits).length}"]`, READING);
  const { data: back } = await ask(driver, 'curing', { caseId });
  assert.ok(back.defects.every((found) => found.nature === ''), 'nothing is said any more');
});

test('what may be asked is shown with its norm, and asked in one act', async () => {
  await step('pedidos');
  await find(driver, '[data-convalidacion="pedidos"]', READING);
  const economic = await find(driver, '[data-candidata^="ECON|"]');
  assert.match(await economic.getText(), /art\. 101/);
  assert.ok((await economic.findElements(By.css('[data-ir-pagina]'))).length > 0, 'with its page');
  // Nothing that the machine proposes is marked by itself.
  assert.equal(await count('[data-pedir]:checked'), 0);
  assert.equal(await (await find(driver, '[data-registrar-pedidos]')).isEnabled(), false);
  await click(driver, '[data-pedir-oferta="1"]');
  await into('#termino-dias', '3');
  await fill('#termino-desde', '05/03/2026');
  await sees(driver, 'mar 10 mar 2026');
  await click(driver, '[data-registrar-pedidos]');
  await find(driver, '[data-pedido="1"]', READING);
  assert.equal(await stateOf('pedidos'), 'hecho');
});

test('undo takes the act back and redo brings it again', async () => {
  await press(driver, Key.CONTROL, 'z');
  await find(driver, '[data-registrar-pedidos]', READING);
  await press(driver, Key.CONTROL, Key.SHIFT, 'z');
  await find(driver, '[data-pedido="1"]', READING);
});

test('it is notified to all, and then the requests do not change', async () => {
  await step('notificacion');
  await fill('#notificacion-momento', '05/03/2026');
  await fill('#notificacion-momento-hora', '11h30');
  await into('#notificacion-prueba', 'Captura 12');
  await click(driver, '[data-registrar-notificacion]');
  await find(driver, '[data-notificada]', READING);
  await step('pedidos');
  assert.equal(await (await find(driver, '[data-cambiar-pedidos]')).isEnabled(), false);
  await sees(driver, 'ya se notificó');
});

test('the answer comes in beside the bid, and what changed besides is told with both pages', async () => {
  await step('respuestas');
  await click(driver, '[data-respuesta-de="1"] [data-traer-respuesta]');
  await into('#traer-ruta', answer.path);
  await click(driver, '[data-anadir-ruta]');
  await fill('#traer-momento', '09/03/2026');
  await fill('#traer-momento-hora', '10h15');
  await click(driver, '[data-registrar-respuesta]');
  await find(driver, '[data-respuesta-de="1"] [data-ver-resultado]', READING);
  await sees(driver, 'Llegó en término');
  await click(driver, '[data-ver-resultado]');
  await find(driver, '[data-cambio-ademas]', READING);
  const changes = await driver.findElements(By.css('[data-cambio-ademas] [data-cambio="cell"]'));
  const texts = await Promise.all(changes.map((change) => change.getText()));
  const price = texts.findIndex((text) => /nitario/.test(text) && text.includes('16') && text.includes('17'));
  assert.ok(price >= 0, `the price that nobody asked about: ${texts.join('\n')}`);
  assert.equal((await changes[price].findElements(By.css('[data-ir-pagina]'))).length, 2, 'both pages');
});

test('a page of the answer opens, and going back comes to the same bid', async () => {
  await click(driver, '[data-cambio-ademas] [data-cambio="cell"] p:nth-of-type(3) [data-ir-pagina]');
  await find(driver, 'img[data-pagina], [data-vista]', READING);
  await sees(driver, 'Respuesta, oferta 1');
  await press(driver, Key.ALT, Key.ARROW_LEFT);
  await find(driver, '[data-convalidacion="resultados"] [data-cambio-ademas]', READING);
});

test('a result is motivated and answers the change that nobody asked for', async () => {
  const caseId = await openCaseId(driver);
  const { data: view } = await ask(driver, 'curing', { caseId });
  const cured = view.requests.find((request) => request.requirement === `INT-${answer.cures}`);
  const at = `[data-pedido-resultado="${cured.number}"]`;
  await click(driver, `${at} [data-elegir="convalidado"]`);
  await into(`${at} [data-parte="conclusion"]`, 'Presenta el formulario que se pidió, firmado.');
  const register = await find(driver, `${at} [data-registrar-resultado]`);
  assert.equal(await register.isEnabled(), false, 'the change is to be answered first');
  await into(`${at} [data-no-pedido]`, 'No se toma en cuenta: no se pidió.');
  await click(driver, `${at} [data-registrar-resultado]`);
  await find(driver, `${at} [data-resultado="convalidado"]`, READING);
});

test('a bid ends only as the law allows, and what is missing leads to where it is done', async () => {
  await step('ofertas');
  await find(driver, '[data-no-puede]', READING);
  const rejected = await find(driver, '[data-rehusado="rechazada|no_convalidado"]');
  assert.ok((await rejected.getText()).length > 40, 'with its reason');
  assert.equal(await count('[data-final-elegir="rechazada|no_convalidado"]'), 0, 'and it cannot be chosen');
  const withdrawn = await find(driver, '[data-rehusado="retirada|"]');
  assert.match(await withdrawn.getText(), /no se retiran/);
  await click(driver, '[data-falta-ir="curing.pendiente.resolver"]');
  await find(driver, '[data-convalidacion="resultados"]');
  await press(driver, Key.ALT, Key.ARROW_LEFT);
});

test('negotiation and recommendation say what they wait for', async () => {
  await step('negociacion');
  await find(driver, '[data-nadie]', READING);
  await step('recomendacion');
  await find(driver, '[data-abierto]', READING);
  assert.equal(await (await find(driver, '[data-recomendar="resulta"]')).isEnabled(), false);
});
