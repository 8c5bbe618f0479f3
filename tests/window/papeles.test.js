// Requirements and other documents in the real window: confirmed, edited, clarified, undone; written for, composed, shown as typeset.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Key } from 'selenium-webdriver';
import { ask, openCaseId, press } from './border.js';
import { click, find, openWindow, program, sees, write } from './window.js';

const run = promisify(execFile);
const READING = 300_000;
let folder;
let window;
let driver;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cotejo-papeles-'));
  const data = path.join(folder, 'datos');
  const options = { timeout: READING, maxBuffer: 1 << 24 };
  await run(program('cotejo'), ['--datos', path.join(folder, 'otros'), 'demo', '--salida', path.join(folder, 'demo')], options);
  const pliego = path.join(folder, 'demo', 'muestra', 'pliego.ushay');
  await run(program('cotejo'), ['--datos', data, 'caso', 'nuevo', '--pliego', pliego], options);
  window = await openWindow({ args: ['--datos', data, '--sin-red'] });
  driver = window.driver;
  await click(driver, '[data-caso]');
  await find(driver, '[data-caso-abierto]');
});

after(async () => {
  await window?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('a requirement is edited with a reason, its history tells it, and undo takes it back', async () => {
  const caseId = await openCaseId(driver);
  await click(driver, '[data-sala="requisitos"]');
  const first = await find(driver, '[data-requisito]');
  const id = await first.getAttribute('data-requisito');
  await first.click();
  await find(driver, `[data-detalle="${id}"]`);
  await click(driver, '[data-corregir]');
  await write(driver, '#req-texto', 'Texto corregido en la ventana');
  const save = await find(driver, '[data-registrar]');
  assert.equal(await save.isEnabled(), false, 'nothing is edited without a reason');
  await write(driver, '#req-motivo', 'Así consta en la página');
  await click(driver, '[data-registrar]');
  await find(driver, '[data-historia]');
  await sees(driver, 'Texto corregido en la ventana');
  await press(driver, Key.CONTROL, 'z');
  await driver.wait(async () => {
    const { data } = await ask(driver, 'asked', { caseId });
    return data.rows.find((row) => row.requirement.id === id).history.length === 0;
  }, 20_000, 'undo never takes the word back');
});

test('an aclaración takes a requirement out and says what it changed', async () => {
  await click(driver, '[data-parte="aclaraciones"]');
  await click(driver, '[data-aplicar-aclaracion]');
  await write(driver, '#acl-documento', 'Respuestas.pdf');
  await write(driver, '#acl-respuesta', '3');
  await write(driver, '#acl-palabras', 'Ya no se pide.');
  await driver.executeScript(
    `const select = document.querySelector('#acl-req-0');
     select.selectedIndex = 1;
     select.dispatchEvent(new Event('change', { bubbles: true }));`,
  );
  await click(driver, '[data-cambio="0"] input[type="checkbox"]');
  await click(driver, '[data-aplicar-ya]');
  await find(driver, '[data-aclaracion="ACL-1"]');
});

test('a document is written for, composed, and its real pages show', async () => {
  const caseId = await openCaseId(driver);
  await click(driver, '[data-sala="papeles"]');
  await click(driver, '[data-papel-clase="preguntas"]');
  await find(driver, '[data-documento="preguntas"]');
  await write(driver, '#campo-sesion_ciudad', 'Quito');
  assert.equal(await (await find(driver, '[data-componer-papel]')).isEnabled(), false, 'what is written is recorded before');
  await click(driver, '[data-guardar-escrito]');
  await click(driver, '[data-componer-papel]');
  await driver.wait(
    () =>
      driver.executeScript(
        "const image = document.querySelector('[data-hoja-papel=\"1\"]'); return image?.complete && image.naturalWidth > 0",
      ),
    60_000,
    'no page was drawn',
  );
  const { data } = await ask(driver, 'paper_sheet', { caseId, kind: 'preguntas', about: '' });
  assert.equal(data.fields.find((field) => field.name === 'sesion_ciudad').value, 'Quito');
  assert.ok(data.pages.length > 0);
});

test('what the case has nothing for says why and where', async () => {
  await click(driver, '[data-papel-clase="no_suscripcion"]');
  await find(driver, '[data-documento="no_suscripcion"][data-estado="impossible"]');
  await click(driver, '[data-donde]');
  await find(driver, '[data-comision]');
});

test('an expediente is formed in a folder and proved', async () => {
  await click(driver, '[data-sala="papeles"]');
  await click(driver, '[data-papel-clase="expediente"]');
  await write(driver, '#exp-carpeta', path.join(folder, 'expediente'));
  await click(driver, '[data-formar]');
  await find(driver, '[data-prueba="integro"]', 60_000);
});
