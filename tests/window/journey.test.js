// What an evaluator does, from the pliego to the signed acta, in the real window.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';
import { click, drawn, find, openWindow, program, sees, write } from './window.js';

const run = promisify(execFile);
const PASSWORD = 'clave-de-prueba';
const READING = 120_000;
let folder;
let window;
let driver;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cotejo-ventana-'));
  await run(
    program('cotejo'),
    ['--datos', path.join(folder, 'otros'), 'demo', '--semilla', '11', '--salida', path.join(folder, 'demo')],
    {
      timeout: READING,
    },
  );
  await certificate();
  window = await openWindow({ args: ['--datos', path.join(folder, 'datos')] });
  driver = window.driver;
});

after(async () => {
  await window?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Makes a certificate of nobody, as a `.p12` with modern encryption. */
async function certificate() {
  const [key, cert] = ['clave.pem', 'cert.pem'].map((name) => path.join(folder, name));
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=Persona de Ejemplo (EJEMPLO)',
    '-addext',
    'keyUsage=digitalSignature,nonRepudiation',
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  await run('openssl', [
    'pkcs12',
    '-export',
    '-inkey',
    key,
    '-in',
    cert,
    '-passout',
    `pass:${PASSWORD}`,
    '-out',
    path.join(folder, 'prueba.p12'),
  ]);
}

/** Presses keys together where the person is, not in a field: the last one while the others are held. */
async function press(...keys) {
  await driver.executeScript('document.activeElement?.blur()');
  const held = keys.slice(0, -1);
  const actions = driver.actions();
  for (const key of held) actions.keyDown(key);
  actions.keyDown(keys.at(-1)).keyUp(keys.at(-1));
  for (const key of held.reverse()) actions.keyUp(key);
  await actions.perform();
}

/** Asks the core over the same border as the window does, and returns what it answers or refuses. */
function ask(command, args) {
  return driver.executeAsyncScript(
    `const [command, args, done] = arguments;
     window.__TAURI_INTERNALS__.invoke(command, args).then((data) => done({ data }), (error) => done({ error }));`,
    command,
    args,
  );
}

const onDesk = () => driver.executeScript("return document.querySelector('[data-mesa]')?.dataset.mesa ?? null");

/** Waits until another cell lies on the desk, or none because the matrix is back; returns which. */
async function settled(previous) {
  let here;
  await driver.wait(
    async () => {
      here = await onDesk();
      const back = await driver.executeScript("return document.querySelector('td[role=gridcell]') !== null");
      return back || (here !== null && here !== previous);
    },
    30_000,
    `${previous} is not decided`,
  );
  return here;
}

async function state(cell) {
  return driver.executeScript(
    `const cell = document.querySelector('[data-celda="' + arguments[0] + '"]');
     return cell && { ink: cell.classList.contains('ink'), name: cell.getAttribute('aria-label') };`,
    cell,
  );
}

async function openCell(cell) {
  await click(driver, '[data-sala="matriz"]');
  const element = await find(driver, `[data-celda="${cell}"]`);
  await driver.executeScript('arguments[0].focus()', element);
  await element.sendKeys(Key.ENTER);
  await find(driver, `[data-mesa="${cell}"]`);
}

test('from the pliego to the signed acta', async (t) => {
  await t.test('a fresh machine says what to do first', async () => {
    await sees(driver, 'Aún no hay expedientes');
  });

  await t.test('the pliego makes a case', async () => {
    await click(driver, '[data-nuevo]');
    await write(driver, '#ruta', path.join(folder, 'demo', 'muestra', 'pliego.ushay'));
    await click(driver, '[data-traer]');
    await find(driver, '[data-traer-ofertas]', READING);
    assert.match(await driver.findElement(By.css('.caratula h1')).getText(), /^SIE-/);
  });

  await t.test('bids are read, with progress in sight', async () => {
    await click(driver, '[data-traer-ofertas]');
    await write(driver, '#ruta', path.join(folder, 'demo', 'muestra', 'ofertas'));
    await click(driver, '[data-traer]');
    await driver.wait(
      () => driver.executeScript("return document.querySelector('.pie progress') !== null"),
      20_000,
      'no progress is shown',
    );
    await find(driver, 'td[role="gridcell"]', READING);
    assert.equal((await driver.findElements(By.css('thead .of'))).length, 4, 'four bidders, four columns');
  });

  let cell;
  await t.test('evidence opens its page, with the quad where the words stand', async () => {
    const caseId = await driver.executeScript(
      "return document.querySelector('[data-caso-abierto]').dataset.casoAbierto",
    );
    const { data: matrix } = await ask('matrix', { caseId });
    for (const row of matrix.groups.flatMap((group) => group.rows)) {
      for (const entry of row.cells) {
        const { data } = await ask('cell', { caseId, cell: { requirement: row.requirement.id, bid: entry.bid } });
        const piece = data.evidence.findIndex(
          ({ place, quote }) => place.kind === 'page' && place.quads.length > 0 && quote.length > 3,
        );
        if (piece >= 0 && data.proposal?.verdict === 'cumple') {
          cell = { name: `${row.requirement.id}|${entry.bid}`, piece, quote: data.evidence[piece].quote };
          break;
        }
      }
      if (cell) break;
    }
    assert.ok(cell, 'the sample has a proposal with a quad');
    await openCell(cell.name);
    await click(driver, `[data-abre="${cell.piece}"]`);
    const [width] = await drawn(driver);
    assert.ok(width > 300, 'the image is a page, not a thumbnail');
    await find(driver, `[data-evidencia="${cell.piece + 1}"].activa polygon`);
    const seen = await driver.executeScript(
      `const inside = (a, b) => a.left >= b.left - 2 && a.right <= b.right + 2 && a.top >= b.top - 2 && a.bottom <= b.bottom + 2;
       const quads = [...document.querySelectorAll('[data-evidencia="' + arguments[0] + '"] polygon')].map((quad) => quad.getBoundingClientRect());
       const image = document.querySelector('img[data-pagina]').getBoundingClientRect();
       const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
       const words = [...document.querySelectorAll('[data-palabra]')].filter((word) => {
         const [x, y] = middle(word.getBoundingClientRect());
         return quads.some((quad) => x >= quad.left && x <= quad.right && y >= quad.top && y <= quad.bottom);
       });
       return { within: quads.every((quad) => inside(quad, image)), words: words.map((word) => word.textContent.trim()).join(' ') };`,
      cell.piece + 1,
    );
    assert.ok(seen.within, 'the quad lies on the page');
    const fold = (text) =>
      text
        .normalize('NFD')
        .replace(/[^\p{L}\p{N}]/gu, '')
        .toLowerCase();
    assert.ok(
      fold(seen.words).includes(fold(cell.quote)) || fold(cell.quote).includes(fold(seen.words)),
      `under the quad stands «${seen.words}», quoted «${cell.quote}»`,
    );
    assert.ok(seen.words.length > 0, 'the quad is not empty');
  });

  await t.test('a key chooses, Ctrl with Enter decides, Ctrl Z undoes', async () => {
    await press('1');
    await press(Key.CONTROL, Key.ENTER);
    await sees(driver, 'Decidió «cumple»');
    await click(driver, '[data-sala="matriz"]');
    assert.equal((await state(cell.name)).ink, true, 'ink after deciding');
    await press(Key.CONTROL, 'z');
    await driver.wait(async () => (await state(cell.name))?.ink === false, 20_000, 'the decision stays');
    await openCell(cell.name);
    await press('1');
    await press(Key.CONTROL, Key.ENTER);
    await driver.wait(async () => (await onDesk()) !== cell.name, 20_000, 'it does not go on');
    await click(driver, '[data-sala="matriz"]');
    assert.match((await state(cell.name)).name, /decidida: Cumple/);
  });

  await t.test('the acta cannot be signed while something is undecided, and says what', async () => {
    await click(driver, '[data-sala="acta"]');
    await click(driver, '[data-componer]');
    await find(driver, '[data-hoja] img', READING);
    assert.equal(await (await find(driver, '[data-firmar]')).isEnabled(), false);
    assert.ok((await driver.findElements(By.css('[data-bloqueo]'))).length > 0);
  });

  await t.test('the rest is decided, one by one, without the mouse', async () => {
    await press('j');
    await find(driver, '[data-mesa]');
    let here = await onDesk();
    for (let decided = 0; here && decided < 200; decided++) {
      const verdict = await driver.executeScript(
        "return document.querySelector('[data-mesa] input[type=radio]:checked')?.value ?? null",
      );
      if (!verdict) await press('3');
      const gaps = await driver.executeScript(
        "return [...document.querySelectorAll('[data-mesa] textarea')].filter((field) => field.value.trim() === '').map((field) => field.dataset.parte)",
      );
      for (const part of gaps) await write(driver, `[data-parte="${part}"]`, 'Revisado en la prueba.');
      await press(Key.CONTROL, Key.ENTER);
      here = await settled(here);
    }
    await find(driver, 'td[role="gridcell"]');
  });

  await t.test('a wrong password is told; the right one signs', async () => {
    await click(driver, '[data-sala="acta"]');
    await click(driver, '[data-componer]', READING);
    await driver.wait(async () => (await find(driver, '[data-firmar]')).isEnabled(), READING, 'it never can be signed');
    await click(driver, '[data-firmar]');
    await write(driver, '#certificado', path.join(folder, 'prueba.p12'));
    await write(driver, '#clave', 'otra');
    await click(driver, '[data-firmar-ya]');
    await find(driver, 'dialog [role="alert"][data-codigo="wrong_key"]');
    await write(driver, '#clave', PASSWORD);
    await click(driver, '[data-firmar-ya]');
    await sees(driver, 'Lo que el acta afirma está sellado', 60_000);
  });

  await t.test('after signing nothing it states can change: not in the window, not past it', async () => {
    const caseId = await driver.executeScript(
      "return document.querySelector('[data-caso-abierto]').dataset.casoAbierto",
    );
    const [requirement, bid] = cell.name.split('|');
    const motivation = { fact: 'x', evidence: 'x', norm: 'x', conclusion: 'x' };
    const change = { cell: { requirement, bid }, verdict: 'no_aplica', motivation, evidence: [], added: [] };
    assert.equal((await ask('decide', { caseId, draft: change })).error?.code, 'sealed');
    // A signature closes the past: what came before it is no longer there to undo.
    assert.ok(['sealed', 'precondition'].includes((await ask('undo', { caseId })).error?.code));
    await openCell(cell.name);
    await find(driver, '[data-sellada]');
    assert.equal((await driver.findElements(By.css('[data-decidir]'))).length, 0, 'the control is absent');
    await press(Key.CONTROL, 'z');
    await find(driver, '[role="alert"][data-codigo]');
    await click(driver, '[data-sala="matriz"]');
    assert.match((await state(cell.name)).name, /decidida: Cumple/, 'the decision stands');
  });

  await t.test('the acta on disk validates, and no longer after one byte is changed', async () => {
    const caseId = await driver.executeScript(
      "return document.querySelector('[data-caso-abierto]').dataset.casoAbierto",
    );
    const { data: acta } = await ask('acta', { caseId });
    const { stdout } = await run('pdfsig', ['-nocert', acta.path]);
    assert.match(stdout, /Signature is Valid/);
    assert.match(stdout, /Total document signed/);
    const bytes = await readFile(acta.path);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    const broken = path.join(folder, 'rota.pdf');
    await writeFile(broken, bytes);
    const answer = await run('pdfsig', ['-nocert', broken]).catch((error) => error);
    assert.doesNotMatch(String(answer.stdout), /Signature is Valid/);
  });
});
