// What an evaluator does, from the pliego to the signed acta, in the real window.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';
import { ask as askCore, openCaseId, press as pressKeys } from './border.js';
import { click, drawn, find, openWindow, program, sees, write } from './window.js';

const run = promisify(execFile);
const PASSWORD = 'clave-de-prueba';
const READING = 300_000;
const SEALED = 'Oferta económica inicial.pdf';
const FILE_KEY = 'clave-del-archivo';
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
  // What is handed in for the puja is sealed by its name: stored, and not read before its moment.
  const bids = path.join(folder, 'demo', 'muestra', 'ofertas');
  // Other bytes than those of the bid it comes from: the same bytes cannot be sealed in one bid and read in another.
  const paper = await readFile(path.join(bids, await folderOf(bids, '01_'), 'Anexos.pdf'));
  await writeFile(path.join(bids, await folderOf(bids, '02_'), SEALED), Buffer.concat([paper, Buffer.from('\n% EJEMPLO\n')]));
  window = await openWindow({ args: ['--datos', path.join(folder, 'datos'), '--sin-red'] });
  driver = window.driver;
});

after(async () => {
  await window?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Name of the folder of the sample's bid with this number. */
async function folderOf(bids, start) {
  return (await readdir(bids)).find((name) => name.startsWith(start));
}

/** Puts a bid into the watched folder whose only file wants a password, where the machine can make one; tells whether it does. */
async function lockedBid(into) {
  const bids = path.join(folder, 'demo', 'muestra', 'ofertas');
  const from = path.join(bids, await folderOf(bids, '01_'), 'Anexos.pdf');
  await mkdir(into, { recursive: true });
  const locked = path.join(into, 'cerrada.pdf');
  try {
    await run('qpdf', ['--encrypt', FILE_KEY, 'otra', '256', '--', from, locked]);
    return true;
  } catch {
    await copyFile(from, locked);
    return false;
  }
}

/** Opens a file in the room of documents. */
async function openFile(ending) {
  await click(driver, '[data-sala="documentos"]');
  await find(driver, '[data-archivo]');
  await driver.executeScript(
    "[...document.querySelectorAll('[data-archivo]')].find((file) => file.dataset.archivo.endsWith(arguments[0])).click()",
    ending,
  );
}

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

/** Hash of the sealed file. */
async function sealedFile() {
  const { data: documents } = await ask('documents', { caseId: await openCaseId(driver) });
  return documents.bids.flatMap((bid) => bid.files).find((file) => file.path.endsWith(SEALED)).hash;
}

/** Records a movement of a stage, now. */
async function moved(caseId, stage, { order, ground = null }, acta = null) {
  const support = { acta, instrument: null, attach: null, note: '' };
  const draft = { stage, order, ground, reason: 'Curso del proceso (EJEMPLO)', support };
  const { error } = await ask('move_stage', { caseId, draft });
  assert.equal(error, undefined, `${stage}: ${error?.message}`);
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
    assert.match(await driver.executeScript("return document.querySelector('.caratula h1').innerText"), /^SIE-/);
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
    await click(driver, '[data-sala="documentos"]');
    await find(driver, '[data-archivo]');
    assert.equal((await driver.findElements(By.css('[data-reanudar]'))).length, 0, 'nor is it in the room of documents');
    await click(driver, '[data-sala="matriz"]');
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

  await t.test('a page is turned for everybody, written by a person, and both are undone', async () => {
    const caseId = await openCaseId(driver);
    const { data: documents } = await ask('documents', { caseId });
    const file = documents.bids.slice(1).flatMap((bid) => bid.files).find((entry) => entry.path.endsWith('Anexos.pdf'));
    const page = async () => (await ask('page', { caseId, file: file.hash, page: 1 })).data;
    await openFile('Anexos.pdf');
    await drawn(driver);
    const before = await page();
    await click(driver, '[data-girar-foja]');
    await sees(driver, 'Giró la foja 1', 60_000);
    assert.equal((await page()).turn, 90);
    await drawn(driver);
    await press(Key.CONTROL, 'z');
    await driver.wait(async () => (await page()).turn === 0, 60_000, 'the turn stays after undo');
    assert.deepEqual((await page()).words, before.words, 'read as before');
    await click(driver, '[data-escribir]');
    await write(driver, '#escribir-texto', 'Zarandaja ficticia de la prueba');
    await click(driver, '[data-guardar-texto]');
    await find(driver, '[data-texto-persona]', 60_000);
    const hits = async () => (await ask('search', { caseId, text: 'zarandaja' })).data.length;
    assert.equal(await hits(), 1, 'search goes by what the person wrote');
    assert.match((await page()).machine_text, /\w/, "the machine's own reading stays beside it");
    await press(Key.CONTROL, 'z');
    await driver.wait(async () => (await hits()) === 0, 60_000, 'the text stays after undo');
    // The strip over the page is smaller now: what is clicked next has to have come to rest.
    await driver.wait(
      async () => (await driver.findElements(By.css('[data-texto-persona]'))).length === 0,
      60_000,
      'the window still shows the text',
    );
    await click(driver, '[data-releer]');
    await sees(driver, 'La foja 1 se leyó de nuevo', READING);
    assert.deepEqual((await page()).words, before.words, 'the machine reads it as it did');
  });

  await t.test('the watched folder offers what came and rests; a locked file opens with its password', async (step) => {
    const watched = path.join(folder, 'llegadas');
    const locked = await lockedBid(path.join(watched, '05_llegada_despues'));
    await mkdir(path.join(watched, '06_no_interesa'));
    await writeFile(path.join(watched, '06_no_interesa', 'nota.txt'), 'EJEMPLO');
    await click(driver, '[data-sala="documentos"]');
    await click(driver, '[data-vigilar]');
    await write(driver, '#vigilar-carpeta', watched);
    await click(driver, '[data-vigilar-ya]');
    await find(driver, '[data-nuevo-paquete="05_llegada_despues"]', 60_000);
    await click(driver, '[data-importar-nuevo]');
    await find(driver, '[data-nuevo-paquete="06_no_interesa"]', READING);
    await click(driver, '[data-ignorar]');
    await driver.wait(
      async () => (await driver.findElements(By.css('[data-nuevo-paquete]'))).length === 0,
      20_000,
      'it is offered though it was ignored',
    );
    await driver.wait(
      () => driver.executeScript("return document.querySelector('.pie progress') === null"),
      READING,
      'the reading never ends',
    );
    // What the import remarked lies over the room until it is put away.
    for (const shut of await driver.findElements(By.css('.bandeja .btn.r'))) await shut.click();
    await openFile('cerrada.pdf');
    if (!locked) {
      step.diagnostic('skipped: no program here locks a PDF');
      return;
    }
    await click(driver, '[data-dar-clave]');
    await write(driver, '#clave-archivo', 'no-es-esta');
    await click(driver, '[data-abrir-clave]');
    await find(driver, 'dialog [role="alert"][data-codigo="wrong_key"]', READING);
    await write(driver, '#clave-archivo', FILE_KEY);
    await click(driver, '[data-abrir-clave]');
    await sees(driver, 'El archivo se leyó de nuevo', READING);
    await openFile('cerrada.pdf');
    await drawn(driver);
    assert.equal((await driver.findElements(By.css('[data-dar-clave]'))).length, 0);
  });

  await t.test('without a network nothing is asked, and what a person read at a source is noted', async () => {
    await find(driver, '[data-estado-sin-red]');
    await click(driver, '[data-sala="validaciones"]');
    await find(driver, '[data-sin-red]');
    assert.equal(await (await find(driver, '[data-consultar]')).isEnabled(), false);
    await click(driver, '[data-pasos="registries.by_hand.sercop_debarred"]');
    await click(driver, '[data-resultado="adverse"]');
    assert.equal(await (await find(driver, '[data-anotar]')).isEnabled(), false, 'something adverse needs its words');
    await write(driver, '#anotar-texto', 'Consta como incumplido (EJEMPLO).');
    await click(driver, '[data-anotar]');
    const row = await find(driver, 'tr[data-fuente="registries.by_hand.sercop_debarred"] .dicho');
    assert.match(await row.getText(), /EJEMPLO/);
    await press(Key.CONTROL, 'z');
    await driver.wait(
      async () => (await driver.findElements(By.css('tr[data-fuente] .dicho'))).length === 0,
      20_000,
      'the note stays after undo',
    );
    const refused = await ask('open_source', { source: 'https://ejemplo.ec/' });
    assert.equal(refused.error?.code, 'not_found', 'only pages of the own list are opened');
  });

  await t.test('limits and pace are set, and what is not possible is refused', async () => {
    await press(Key.CONTROL, ',');
    // All of it is typed over at once: emptying the field would already be a change of its own.
    const type = async (text) => {
      const field = await find(driver, '[data-limite="archivo_mb"]');
      await driver.executeScript('arguments[0].focus(); arguments[0].select()', field);
      await field.sendKeys(text, Key.TAB);
    };
    await type('60');
    const limit = async () => (await ask('limits', {})).data.rows.find((row) => row.key === 'archivo_mb').value;
    await driver.wait(async () => (await limit()) === 60, 20_000, 'the limit is not set');
    // The row offers the usual value once the window has the answer; what is typed before that would be overwritten.
    await find(driver, 'tr:has([data-limite="archivo_mb"]) button');
    await type('9000');
    await find(driver, 'dialog [role="alert"][data-codigo="precondition"]');
    assert.equal(await limit(), 60);
    await click(driver, '[data-ritmo="while_working"]');
    await driver.wait(
      async () => (await ask('reading_pace', {})).data.pace === 'while_working',
      20_000,
      'the pace is not set',
    );
    await click(driver, 'dialog [data-primero]');
  });

  await t.test('pages that two bids share are shown side by side', async () => {
    const caseId = await openCaseId(driver);
    const { data } = await ask('copies', { caseId });
    await click(driver, '[data-sala="documentos"]');
    await click(driver, '[data-copias]');
    assert.ok(data.runs.length > 0, 'the late bid hands in papers of the first');
    await click(driver, '[data-copia="0"]');
    await driver.wait(
      () =>
        driver.executeScript(
          "return [...document.querySelectorAll('[data-copia-imagen]')].filter((image) => image.naturalWidth > 100).length === 2",
        ),
      60_000,
      'the two pages are not drawn',
    );
  });

  await t.test('what is sealed stays closed before its moment', async () => {
    await openFile(SEALED);
    await click(driver, '[data-abrir-reservado]');
    await write(driver, '#reservado-causa', 'Llegó la puja.');
    await click(driver, '[data-abrir-reservado-ya]');
    await find(driver, '[role="alert"][data-codigo="precondition"]');
    assert.equal((await driver.findElements(By.css('img[data-pagina]'))).length, 0);
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

  await t.test('the bid with the sealed envelope qualifies', async () => {
    const caseId = await openCaseId(driver);
    const { data: documents } = await ask('documents', { caseId });
    const bid = documents.bids.find((entry) => entry.files.some((file) => file.sealed)).bid;
    const { data: matrix } = await ask('matrix', { caseId });
    const motivation = { fact: 'Visto.', evidence: 'Visto.', norm: 'Pliego.', conclusion: 'Cumple (EJEMPLO).' };
    for (const group of matrix.groups.filter(({ kind }) => ['integridad', 'minimo'].includes(kind))) {
      for (const { requirement } of group.rows) {
        const draft = { cell: { requirement: requirement.id, bid }, verdict: 'cumple', motivation, evidence: [], added: [] };
        const { error } = await ask('decide', { caseId, draft });
        assert.equal(error, undefined, `${requirement.id}: ${error?.message}`);
      }
    }
    await press(Key.CONTROL, '1');
    await click(driver, `[data-caso="${caseId}"]`);
    await find(driver, 'td[role="gridcell"]', READING);
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

  await t.test('what the pliego says apart from the norm is answered before anything is signed', async () => {
    await click(driver, '[data-sala="acta"]');
    await click(driver, '[data-responder-apartamientos]');
    const waits = async () => (await driver.findElements(By.css('[data-apartamiento]'))).length > 0;
    await find(driver, '[data-apartamiento]');
    for (let answered = 0; answered < 20 && (await waits()); answered++) {
      const { data: before } = await ask('departures', { caseId: await openCaseId(driver) });
      const open = before.filter((departure) => departure.answer === null).length;
      assert.ok(!(await (await find(driver, '[data-responder-apartamiento]')).isEnabled()), 'nothing is answered in silence');
      await click(driver, '[data-como-pliego]');
      await write(driver, '#apartamiento-motivo', 'El pliego publicado obliga (EJEMPLO).');
      await click(driver, '[data-responder-apartamiento]');
      await driver.wait(
        async () => {
          const { data } = await ask('departures', { caseId: await openCaseId(driver) });
          return data.filter((departure) => departure.answer === null).length < open;
        },
        60_000,
        'the answer is not kept',
      );
      await driver.wait(
        async () => !(await waits()) || (await (await find(driver, '#apartamiento-motivo')).getAttribute('value')) === '',
        60_000,
        'the next one is not shown',
      );
    }
    await driver.wait(
      async () => (await driver.findElements(By.css('[data-bloqueo="requirements.block.departure"]'))).length === 0,
      60_000,
      'it still impedes signing',
    );
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

  await t.test('the signed acta alone opens nothing: its stage has not begun', async () => {
    const caseId = await openCaseId(driver);
    const { error } = await ask('open_sealed', { caseId, file: await sealedFile(), cause: 'Llegó la puja (EJEMPLO).' });
    assert.equal(error?.details, 'casework.envelope.no_history', error?.message);
  });

  await t.test('in its stage and on its day the sealed document opens for a recorded cause', async () => {
    const caseId = await openCaseId(driver);
    // Every stage before it ends; the calificación with the acta that was signed.
    for (const stage of ['preguntas', 'respuestas', 'entrega', 'apertura', 'integridad', 'convalidacion', 'calificacion']) {
      const ends = stage === 'convalidacion' ? { order: 'omit', ground: 'sin_errores' } : { order: 'close' };
      await moved(caseId, stage, ends, stage === 'calificacion' ? '001' : null);
    }
    await moved(caseId, 'oferta_inicial', { order: 'open' });
    // What reading made of the bid does not matter: a person decided each of its cells. The core says why it would still refuse.
    const { data: matrix } = await ask('matrix', { caseId });
    const { data: before } = await ask('documents', { caseId });
    const bid = before.bids.find((entry) => entry.files.some((file) => file.sealed)).bid;
    const column = matrix.columns.find((one) => one.bid === bid);
    assert.equal(column?.outcome.verdict, 'cumple', JSON.stringify(column?.outcome));
    await openFile(SEALED);
    await click(driver, '[data-abrir-reservado]');
    await write(driver, '#reservado-causa', 'Llegó la puja (EJEMPLO).');
    await click(driver, '[data-abrir-reservado-ya]');
    const refused = async () => {
      const [alert] = await driver.findElements(By.css('dialog[open] [role="alert"]'));
      return alert ? alert.getText() : null;
    };
    await driver.wait(
      async () => {
        const told = await refused();
        assert.equal(told, null, `it is refused: ${told}`);
        return (await driver.findElements(By.css('dialog[open]'))).length === 0;
      },
      READING,
      'the sealed document is never read',
    );
    const { data: documents } = await ask('documents', { caseId });
    const opened = documents.bids.flatMap((bid) => bid.files).find((file) => file.path.endsWith(SEALED));
    assert.ok(!opened.sealed && opened.pages.length > 0, 'it is read');
    await openFile(SEALED);
    await drawn(driver);
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
