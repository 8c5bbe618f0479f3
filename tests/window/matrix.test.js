// Forty bids and a hundred and twenty requirements in the real window: it scrolls, the keyboard reaches every cell, and nothing covers it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Key } from 'selenium-webdriver';
import { ask, openCaseId, press } from './border.js';
import { click, find, openWindow, program } from './window.js';

const run = promisify(execFile);
const BIDS = 40;
const ROWS = 120;
const READING = 300_000;
const skip = process.env.COTEJO_FULL ? false : 'the long run does it (COTEJO_FULL=1)';
let folder;
let window;
let driver;

before(async () => {
  if (skip) return;
  folder = await mkdtemp(path.join(tmpdir(), 'cotejo-larga-'));
  const data = path.join(folder, 'datos');
  const cli = (...args) => run(program('cotejo'), ['--datos', data, ...args], { timeout: READING, maxBuffer: 1 << 24 });
  await run(program('cotejo'), ['--datos', path.join(folder, 'otros'), 'demo', '--salida', path.join(folder, 'demo')], {
    timeout: READING,
    maxBuffer: 1 << 24,
  });
  for (let number = 1; number <= BIDS; number++) {
    const bid = path.join(folder, 'ofertas', `Oferente de Ejemplo ${String(number).padStart(2, '0')}`);
    await mkdir(bid, { recursive: true });
    await writeFile(path.join(bid, 'carta.txt'), `EJEMPLO. Carta de presentación de la oferta ${number}.\n`);
  }
  const made = await cli('caso', 'nuevo', '--pliego', path.join(folder, 'demo', 'muestra', 'pliego.ushay'));
  // Exit 1 says that something deserves a look: these bids are a letter each.
  await cli('caso', 'importar', made.stdout.trim(), path.join(folder, 'ofertas')).catch((error) => {
    if (error.code !== 1) throw error;
  });
  window = await openWindow({ args: ['--datos', data] });
  driver = window.driver;
  await click(driver, '[data-caso]');
  await find(driver, 'td[role="gridcell"]', READING);
  const caseId = await openCaseId(driver);
  const { data: matrix } = await ask(driver, 'matrix', { caseId });
  const present = matrix.groups.reduce((sum, group) => sum + group.rows.length, 0);
  for (let number = present + 1; number <= ROWS; number++) {
    const form = { kind: 'minimo', text: `Requisito de ejemplo número ${number}`, document: null, signed: false };
    const { error } = await ask(driver, 'add_requirement', { caseId, form });
    assert.equal(error, undefined);
  }
  await press(driver, Key.CONTROL, '1');
  await click(driver, '[data-caso]');
  await driver.wait(
    async () =>
      (await driver.executeScript("return document.querySelector('table[role=grid]')?.getAttribute('aria-rowcount')")) ===
      String(ROWS + 1),
    READING,
    'the matrix never has its rows',
  );
});

after(async () => {
  await window?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('a long matrix draws only what is near while it scrolls', { skip }, async (t) => {
  // What a frame takes anyway, on this machine and at this moment.
  const still = await driver.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
     const times = [];
     const go = (now) => (times.push(now) < 40 ? requestAnimationFrame(go) : done((times.at(-1) - times[0]) / (times.length - 1)));
     requestAnimationFrame(go);`,
  );
  const { mean, worst, cells } = await driver.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
     const room = document.querySelector('.tw');
     const times = [];
     let cells = 0;
     let last = performance.now();
     let step = 0;
     const go = (now) => {
       times.push(now - last);
       last = now;
       cells = Math.max(cells, document.querySelectorAll('[data-celda]').length);
       room.scrollTop += 61;
       room.scrollLeft += 83;
       if (++step < 60) requestAnimationFrame(go);
       else done({ mean: times.slice(2).reduce((a, b) => a + b, 0) / (times.length - 2), worst: Math.max(...times.slice(2)), cells });
     };
     requestAnimationFrame((now) => { last = now; requestAnimationFrame(go); });`,
  );
  t.diagnostic(`${BIDS} × ${ROWS}: ${mean.toFixed(1)} ms a frame, ${worst.toFixed(1)} ms at worst (${still.toFixed(1)} ms at rest), ${cells} cells drawn at most`);
  assert.ok(cells > 50 && cells < 1200, `${cells} cells of ${BIDS * ROWS} are drawn`);
});

test('the whole matrix comes from the core', { skip }, async (t) => {
  const caseId = await openCaseId(driver);
  const started = Date.now();
  const { data } = await ask(driver, 'matrix', { caseId });
  t.diagnostic(`the matrix of ${data.columns.length} × ${ROWS} takes ${Date.now() - started} ms to ask for`);
  assert.equal(data.columns.length, BIDS);
});

test('the keyboard reaches the last cell and the first, uncovered', { skip }, async () => {
  const caseId = await openCaseId(driver);
  const { data: matrix } = await ask(driver, 'matrix', { caseId });
  const rows = matrix.groups.flatMap((group) => group.rows);
  const focused = () =>
    driver.executeScript(
      `const cell = document.activeElement;
       if (!cell?.dataset?.celda) return null;
       const box = cell.getBoundingClientRect();
       const at = (x, y) => cell.contains(document.elementFromPoint(x, y));
       return { cell: cell.dataset.celda, open: at(box.left + 4, box.top + 4) && at(box.right - 20, box.bottom - 6) };`,
    );
  const go = async (keys, row, bid) => {
    await driver.actions().keyDown(Key.CONTROL).sendKeys(keys).keyUp(Key.CONTROL).perform();
    const wanted = `${row.requirement.id}|${bid}`;
    await driver.wait(async () => (await focused())?.cell === wanted, 10_000, `the focus never comes to ${wanted}`);
    // The scroll that brings it into view may take a frame.
    await driver.wait(async () => (await focused())?.open, 3_000, `${wanted} is covered`);
  };
  await driver.executeScript(
    `const room = document.querySelector('.tw');
     room.scrollTop = 0;
     room.scrollLeft = 0;`,
  );
  await find(driver, `[data-celda="${rows[0].requirement.id}|${matrix.columns[0].bid}"]`);
  await driver.executeScript(
    'document.querySelector(arguments[0]).focus()',
    `[data-celda="${rows[0].requirement.id}|${matrix.columns[0].bid}"]`,
  );
  await go(Key.END, rows.at(-1), matrix.columns.at(-1).bid);
  await go(Key.HOME, rows[0], matrix.columns[0].bid);
});
