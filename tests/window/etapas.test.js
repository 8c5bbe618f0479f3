// The stages of a process in the real window: recorded, undone, counted, held up by a claim, reported.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
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

const skip = process.env.COTEJO_FULL ? false : 'the long run does it (COTEJO_FULL=1)';

before(async () => {
  if (skip) return;
  folder = await mkdtemp(path.join(tmpdir(), 'cotejo-etapas-'));
  const data = path.join(folder, 'datos');
  const cli = (...args) => run(program('cotejo'), ['--datos', data, ...args], { timeout: READING, maxBuffer: 1 << 24 });
  await run(program('cotejo'), ['--datos', path.join(folder, 'otros'), 'demo', '--salida', path.join(folder, 'demo')], {
    timeout: READING,
    maxBuffer: 1 << 24,
  });
  await cli('caso', 'nuevo', '--pliego', path.join(folder, 'demo', 'muestra', 'pliego.ushay'));
  window = await openWindow({ args: ['--datos', data, '--sin-red'] });
  driver = window.driver;
  await click(driver, '[data-caso]');
  await click(driver, '[data-sala="etapas"]');
  await find(driver, '[data-etapa]');
});

after(async () => {
  await window?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const status = (stage) =>
  driver.executeScript('return document.querySelector(`[data-etapa="${arguments[0]}"]`)?.dataset.estado', stage);
const becomes = (stage, wanted) =>
  driver.wait(async () => (await status(stage)) === wanted, 20_000, `${stage} never becomes ${wanted}`);

test('a stage ends, the cover shows it, and undo takes it back', { skip }, async () => {
  const caseId = await openCaseId(driver);
  const { data: course } = await ask(driver, 'course', { caseId });
  const first = course.lots[0].current;
  await click(driver, '[data-mover="close"]');
  await click(driver, '[data-registrar]');
  await becomes(first, 'closed');
  await find(driver, `[data-linea-etapa="${first}"]`);
  await press(driver, Key.CONTROL, 'z');
  await becomes(first, 'pending');
});

test('a date that a person states counts down on the cover, and its working shows every day', { skip }, async () => {
  const caseId = await openCaseId(driver);
  const { data: course } = await ask(driver, 'course', { caseId });
  const first = course.lots[0].current;
  await click(driver, '[data-mover="open"]');
  await click(driver, '[data-registrar]');
  await becomes(first, 'open');
  await click(driver, '[data-fijar-fecha]');
  await write(driver, '#fecha-etapa', '01/12/2099');
  await write(driver, '#fecha-etapa-hora', '17:00');
  await write(driver, '[data-acto="fecha"] [data-motivo]', 'Cronograma reformado en el Portal');
  await click(driver, '[data-acto="fecha"] [data-registrar]');
  await find(driver, '[data-termino]');
  await sees(driver, 'días término');
  const counts = await driver.findElements(By.css('[data-ver-cuenta]'));
  if (counts.length > 0) {
    await click(driver, '[data-ver-cuenta]');
    await find(driver, '[data-cuenta] tbody tr');
    await sees(driver, 'sólo días hábiles');
  }
  await click(driver, '[data-parte="plazos"]');
  await find(driver, '[data-plazos] tbody tr');
});

test('a claim holds up the award, with its effect said, until it is resolved', { skip }, async () => {
  await click(driver, '[data-parte="reclamos"]');
  await click(driver, '[data-nuevo-reclamo]');
  await write(driver, '[data-reclamante]', 'Proveedora de Ejemplo');
  await click(driver, '[data-reclamo-etapa]');
  await driver.executeScript(
    `const list = document.querySelector('[data-reclamo-etapa]');
     list.value = [...list.options].at(1).value;
     list.dispatchEvent(new Event('change', { bubbles: true }));`,
  );
  await write(driver, '[data-reclamo-contra]', 'Contra las respuestas; pide que se aclare un requisito.');
  await write(driver, '#reclamo-presentado', '02/03/2026');
  await write(driver, '#reclamo-presentado-hora', '9:00');
  await write(driver, '[data-reclamo-dias]', '3');
  await click(driver, '[data-acto="reclamo"] [data-registrar]');
  await find(driver, '[data-reclamo]');
  await sees(driver, 'Detiene la adjudicación');
  await click(driver, '[data-parte="curso"]');
  await find(driver, '[data-detenido]');
  await press(driver, Key.CONTROL, 'z');
  await driver.wait(
    async () => (await driver.findElements(By.css('[data-detenido]'))).length === 0,
    20_000,
    'the claim stays after undo',
  );
});

test('what nobody recorded is said so, and a constancia settles it', { skip }, async () => {
  await click(driver, '[data-parte="constancias"]');
  await click(driver, '[data-nueva-constancia]');
  // The stage at hand has no document of its own: the act waits until the person says which it is.
  await find(driver, '[data-acto="constancia"] [data-registrar]:disabled');
  await driver.executeScript(
    `const list = document.querySelector('[data-de-etapa]');
     list.value = 'apertura';
     list.dispatchEvent(new Event('change', { bubbles: true }));`,
  );
  await click(driver, '[data-acto="constancia"] [data-registrar]');
  await find(driver, '[data-constancias] tbody tr');
  await click(driver, '[data-parte="cumplimiento"]');
  await find(driver, '[data-cuentas]');
  await click(driver, '[data-todo]');
  await find(driver, '[data-cumplimiento] tbody tr');
});

test('nothing overflows, whatever part is shown', { skip }, async () => {
  for (const part of ['curso', 'plazos', 'reclamos', 'constancias', 'cumplimiento', 'pliego']) {
    await click(driver, `[data-parte="${part}"]`);
    const wide = await driver.executeScript(
      `const room = document.querySelector('[data-etapas]');
       return room.scrollWidth > room.clientWidth + 1 ? [room.scrollWidth, room.clientWidth] : null`,
    );
    assert.equal(wide, null, `${part} is wider than the window: ${wide}`);
  }
});
