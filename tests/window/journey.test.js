// What an evaluator does, from the pliego to the signed acta, in the real window.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';
import { ask as askCore, openCaseId, press as pressKeys } from './border.js';
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

const press = (...keys) => pressKeys(driver, ...keys);
const ask = (command, args) => askCore(driver, command, args);

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
    await click(driver, '[data-cancelar]');
    await driver.wait(
      () => driver.executeScript("return document.querySelector('.pie progress') === null"),
      READING,
      'the reading does not stop',
    );
  });

  await t.test('what was stopped is taken up again', async () => {
    await click(driver, '[data-sala="documentos"]');
    await click(driver, '[data-reanudar]');
    await driver.wait(
      async () => (await driver.findElements(By.css('thead .of'))).length === 4,
      READING,
      'four bidders, four columns',
    );
    await driver.wait(
      () => driver.executeScript("return document.querySelector('.pie progress') === null"),
      READING,
      'the reading never ends',
    );
    assert.equal((await driver.findElements(By.css('[data-reanudar]'))).length, 0, 'nothing is left to take up');
    await click(driver, '.bandeja .btn.r');
  });

  await t.test('a requirement typed by hand waits in every bid', async () => {
    await click(driver, '[data-requisito]');
    await write(driver, '#requisito-texto', 'Certificado de origen de los reactivos');
    await click(driver, '[data-guardar-requisito]');
    await sees(driver, 'Añadió el requisito');
    const row = await driver.executeScript(
      `return [...document.querySelectorAll('[data-celda^="MANO-1|"]')].map((cell) => cell.getAttribute('aria-label'))`,
    );
    assert.equal(row.length, 4, 'one cell for each bid');
    for (const name of row) assert.match(name, /Certificado de origen de los reactivos.*sin decidir/);
    assert.match(
      await driver.executeScript("return document.querySelector('td[tabindex=\"0\"]').dataset.celda"),
      /^MANO-1\|/,
      'the matrix shows what was added',
    );
  });

  await t.test('a note is kept, shown in the matrix, and can be undone', async () => {
    const noted = () =>
      driver.executeScript(
        `return document.querySelector('td[tabindex="0"]')?.getAttribute('aria-label').includes('tiene nota') ?? null`,
      );
    await press('m');
    await write(driver, '[data-nota]', 'Preguntar al área requirente.');
    await click(driver, '[data-guardar-nota]');
    await driver.wait(async () => (await noted()) === true, 20_000, 'the cell does not show its note');
    await press(Key.CONTROL, 'z');
    await driver.wait(async () => (await noted()) === false, 20_000, 'the note stays after undo');
    await press(Key.CONTROL, Key.SHIFT, 'z');
    await driver.wait(async () => (await noted()) === true, 20_000, 'the note does not come back');
  });

  await t.test('the palette opens the session, and what is written there is kept', async () => {
    await press(Key.CONTROL, 'k');
    const field = await find(driver, '[data-paleta] input');
    await field.sendKeys('sesion y com', Key.ENTER);
    await find(driver, '[data-sesion]');
    await write(driver, '#sesion-ciudad', 'Cuenca');
    await write(driver, '#sesion-lugar', 'Sala de sesiones');
    for (const [field, text] of [
      ['#sesion-abre', '20/11/2026'],
      ['#sesion-abre-hora', '9h00'],
      ['#sesion-cierra', '20/11/2026'],
      ['#sesion-cierra-hora', '11:30'],
    ])
      await (await find(driver, field)).sendKeys(text, Key.TAB);
    await driver.executeScript(
      `const choose = document.querySelector('#sesion-modalidad');
       choose.selectedIndex = 1;
       choose.dispatchEvent(new Event('change', { bubbles: true }));`,
    );
    await write(driver, '#sesion-orden', 'Instalación');
    await (await find(driver, '#sesion-orden')).sendKeys(Key.ENTER, 'Calificación de las ofertas');
    await write(driver, '[data-asiento="0"] [data-nombre]', 'Persona de Ejemplo');
    await click(driver, '[data-guardar-sesion]');
    await sees(driver, 'Guardó los datos de la sesión');
    const caseId = await openCaseId(driver);
    const { data: kept } = await ask('session', { caseId });
    assert.equal(kept.data.city, 'Cuenca');
    assert.equal(kept.data.modality, 'presencial');
    assert.match(kept.data.opened, /^2026-11-20T09:00/);
    assert.deepEqual(kept.data.agenda, ['Instalación', 'Calificación de las ofertas']);
    const { data: people } = await ask('commission', { caseId });
    assert.equal(people.data.seats[0].name, 'Persona de Ejemplo');
    await click(driver, '[data-sala="matriz"]');
    await click(driver, '[data-sala="sesion"]');
    assert.equal(await (await find(driver, '#sesion-ciudad')).getAttribute('value'), 'Cuenca');
  });

  await t.test('a search opens the page with the word marked', async () => {
    await press(Key.CONTROL, 'f');
    const field = await find(driver, '#buscar-texto');
    await field.sendKeys('património', Key.ENTER);
    await click(driver, '[data-acierto="0"]');
    await drawn(driver);
    await find(driver, '.activa polygon');
    const marked = await driver.executeScript(
      `const quad = document.querySelector('.activa polygon').getBoundingClientRect();
       return [...document.querySelectorAll('[data-palabra]')].filter((word) => {
         const box = word.getBoundingClientRect();
         const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
         return x >= quad.left && x <= quad.right && y >= quad.top && y <= quad.bottom;
       }).map((word) => word.textContent.trim()).join(' ');`,
    );
    assert.match(marked, /^\W*patrimonio/i, 'under the mark stands the word');
  });

  await t.test('a spreadsheet is shown as its rows, and its evidence marks the cell; no page is pretended', async (step) => {
    const caseId = await openCaseId(driver);
    const { data: documents } = await ask('documents', { caseId });
    const sheet = documents.bids.flatMap((bid) => bid.files).find((file) => /\.xlsx$/i.test(file.path));
    assert.ok(sheet, 'the sample hands in a spreadsheet');
    await click(driver, '[data-sala="documentos"]');
    await click(driver, `[data-archivo="${sheet.path}"]`);
    await find(driver, '[data-vista] table [data-casilla]');
    assert.equal((await driver.findElements(By.css('img[data-pagina]'))).length, 0);
    const { data: matrix } = await ask('matrix', { caseId });
    let flowing;
    for (const row of matrix.groups.flatMap((group) => group.rows)) {
      for (const entry of row.cells) {
        const { data } = await ask('cell', { caseId, cell: { requirement: row.requirement.id, bid: entry.bid } });
        const piece = data.evidence.findIndex(({ place }) => place.kind === 'reading_view' && (place.paragraph || place.range));
        if (piece >= 0) flowing ??= { name: `${row.requirement.id}|${entry.bid}`, piece };
      }
    }
    if (!flowing) {
      step.diagnostic('skipped: no evidence of this sample stands in flowing text or on a sheet');
      return;
    }
    await openCell(flowing.name);
    await click(driver, `[data-abre="${flowing.piece}"]`);
    const place = await find(driver, '[data-citado="activo"]');
    assert.ok(await place.isDisplayed(), 'the cited place is in sight');
  });

  let cell;
  await t.test('evidence opens its page, with the quad where the words stand', async () => {
    const caseId = await openCaseId(driver);
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
        "return [...document.querySelectorAll('[data-mesa] textarea[data-parte]')].filter((field) => field.value.trim() === '').map((field) => field.dataset.parte)",
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
    const caseId = await openCaseId(driver);
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
    const caseId = await openCaseId(driver);
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
