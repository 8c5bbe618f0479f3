// The commission's room in the real window: a criterion that the pliego does not have is answered, declarations, evidence, sample, rehearsal, report.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';
import { openCaseId, press } from './border.js';
import { aMemberDecides, core } from './members.js';
import { click, find, openWindow, program, sees, write } from './window.js';

const run = promisify(execFile);
const READING = 300_000;
let folder;
let window;
let driver;
/** The cell that is held against a bid. */
let against;

const skip = process.env.COTEJO_FULL ? false : 'the long run does it (COTEJO_FULL=1)';

before(async () => {
  if (skip) return;
  folder = await mkdtemp(path.join(tmpdir(), 'cotejo-comision-'));
  const data = path.join(folder, 'datos');
  const cli = (...args) => run(program('cotejo'), ['--datos', data, ...args], { timeout: READING, maxBuffer: 1 << 24 });
  await run(program('cotejo'), ['--datos', path.join(folder, 'otros'), 'demo', '--salida', path.join(folder, 'demo')], {
    timeout: READING,
    maxBuffer: 1 << 24,
  });
  const sample = path.join(folder, 'demo', 'muestra');
  // Two bids are enough.
  const bids = path.join(folder, 'ofertas');
  await mkdir(bids);
  for (const name of (await readdir(path.join(sample, 'ofertas'))).sort().slice(0, 2))
    await cp(path.join(sample, 'ofertas', name), path.join(bids, name), { recursive: true });
  const made = await cli('caso', 'nuevo', '--pliego', path.join(sample, 'pliego.ushay'));
  // Exit 1 says that something deserves a look: the sample has planted defects.
  await cli('caso', 'importar', made.stdout.trim(), bids).catch((error) => {
    if (error.code !== 1) throw error;
  });
  window = await openWindow({ args: ['--datos', data, '--sin-red'] });
  driver = window.driver;
  await click(driver, '[data-caso]');
  await find(driver, 'td[role="gridcell"]', READING);
  against = await aMemberDecides(driver);
  await press(driver, Key.CONTROL, '1');
  await click(driver, '[data-caso]');
  await find(driver, 'td[role="gridcell"]', READING);
});

after(async () => {
  await window?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const cellName = (cell) => `${cell.requirement}|${cell.bid}`;
const section = async (name) => {
  await click(driver, '[data-sala="comision"]');
  await find(driver, '[data-comision]:not([data-comision=""])');
  await click(driver, `[data-seccion="${name}"]`);
  await find(driver, `[data-comision="${name}"]`);
};
const gone = (css) =>
  driver.wait(async () => (await driver.findElements(By.css(css))).length === 0, 20_000, `${css} stays`);

test('where nobody differs the room says what it is for, and who does not sign is recorded and taken back', { skip }, async () => {
  await section('acuerdos');
  await find(driver, '[data-nadie-discrepa]');
  await click(driver, '[data-abrir-no-suscribe]');
  await driver.executeScript(
    `const list = document.querySelector('#no-suscribe-miembro');
     list.value = [...list.options].at(-1).value;
     list.dispatchEvent(new Event('change', { bubbles: true }));`,
  );
  await write(driver, '#no-suscribe-razones', 'No comparto la calificación de la oferta 1.');
  await write(driver, '#no-suscribe-fecha', '01/02/2026');
  await write(driver, '#no-suscribe-da-fe', 'Ana Muñoz Paredes');
  await click(driver, '[data-registrar="no-suscribe"]');
  await find(driver, '[data-no-suscribe]');
  await press(driver, Key.CONTROL, 'z');
  await gone('[data-no-suscribe]');
});

test('a criterion that the pliego does not have is answered from what impedes signing', { skip }, async () => {
  await click(driver, '[data-sala="acta"]');
  await click(driver, '[data-bloqueo="commission.block.treatment"] button');
  await find(driver, '[data-comision="trato"]');
  const waiting = await driver.findElements(By.css('[data-hallazgo] [data-motivo-trato]'));
  assert.ok(waiting.length > 0, 'something waits');
  await driver.wait(
    () => driver.executeScript("const image = document.querySelector('[data-recorte] img'); return !image || image.naturalWidth > 0"),
    60_000,
    'the page beside it is never drawn',
  );
  for (let left = waiting.length; left > 0; left--) {
    await write(driver, '[data-motivo-trato]', 'El monto es el de la aclaración 2.');
    await click(driver, '[data-responder-trato]');
    await driver.wait(
      async () => (await driver.findElements(By.css('[data-motivo-trato]'))).length === left - 1,
      20_000,
      'the answer is not recorded',
    );
  }
  await click(driver, '[data-sala="acta"]');
  await find(driver, '[data-bloqueo]');
  assert.equal((await driver.findElements(By.css('[data-bloqueo="commission.block.treatment"]'))).length, 0);
});

test('a member declares, takes it back, and the rehearsal tells what a claim would say', { skip }, async () => {
  await section('declaraciones');
  const caseId = await openCaseId(driver);
  const { members } = await core(driver, 'declarations', { caseId });
  const me = members.find((member) => member.me).member;
  await click(driver, `[data-declara="${me}"] td:nth-child(2) [data-declarar]`);
  await click(driver, '[data-dice="nada"]');
  await click(driver, '[data-registrar="declaracion"]');
  await find(driver, `[data-declara="${me}"] [data-estado="clear"]`);
  await press(driver, Key.CONTROL, 'z');
  await gone(`[data-declara="${me}"] [data-estado="clear"]`);
  await section('ensayo');
  await find(driver, `[data-ensayo="${cellName(against)}"] [data-objecion]`);
});

test('a sample is drawn once, and whoever accepted a proposal does not check it', { skip }, async () => {
  await section('evidencia');
  await find(driver, `[data-evidencia="${cellName(against)}"]`);
  await section('muestra');
  await click(driver, '[data-sortear]');
  await write(driver, '#sortear-porcentaje', '50');
  await write(driver, '#sortear-fuente', 'Instructivo interno');
  await click(driver, '[data-sortear-ya]');
  await find(driver, '[data-muestra="1"] [data-sorteada]');
  await sees(driver, 'la revisa otro miembro');
  assert.equal((await driver.findElements(By.css('[data-encuentra]'))).length, 0, 'nobody checks what is their own');
  assert.ok(!(await (await find(driver, '[data-sortear]')).isEnabled()), 'attack: drawn until it pleases');
});

test('the report of a subcommission is recorded, and a point of it corrected', { skip }, async () => {
  await section('subcomision');
  await click(driver, '[data-registrar-informe]');
  await write(driver, '#informe-numero', 'SC-01');
  await write(driver, '#informe-fecha', '01/02/2026');
  await write(driver, '[data-punto-texto="0"]', 'La oferta 1 cumple el patrimonio.');
  await click(driver, '[data-registrar="informe"]');
  await click(driver, '[data-punto="1"] [data-corregir]');
  await write(driver, '[data-correccion]', 'Falta la declaración del último año.');
  await click(driver, '[data-registrar-correccion]');
  await sees(driver, 'Se corrige');
  await click(driver, '[data-reabrir]');
  await find(driver, '[data-punto="1"] [data-acoger]');
});
