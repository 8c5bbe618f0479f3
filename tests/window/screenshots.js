// Photographs of every view, in both themes and at the two sizes of the design, and what is wrong with them.
//
// `node screenshots.js FOLDER` writes FOLDER/<size>/<theme>/<view>.png and ends with 1 when any view is wrong. The folder has to be outside
// the repository: nothing that a run writes belongs in it. `--solo NAME` takes only the views whose name contains NAME; `--letra 200` takes
// them with letters of twice the size, as who reads badly sets them.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { By, Key } from 'selenium-webdriver';
import { ask, openCaseId, press } from './border.js';
import { complaintsOf } from './looks.js';
import { aMemberDecides } from './members.js';
import { click, drawn, find, openWindow, program, ROOT, write } from './window.js';

/** Each time another text: what is unchanged cannot be saved. */
let written = 0;

const run = promisify(execFile);
const SIZES = [
  [1366, 768],
  [1920, 1080],
];
const THEMES = ['claro', 'oscuro'];
const READING = 400_000;

const folder = path.resolve(process.argv[2] ?? '');
if (!process.argv[2] || folder === ROOT || folder.startsWith(ROOT + path.sep)) {
  process.stderr.write('usage: node screenshots.js FOLDER (outside the repository) [--solo NAME] [--letra PERCENT]\n');
  process.exit(2);
}
const told = (flag) => (process.argv.includes(flag) ? process.argv[process.argv.indexOf(flag) + 1] : '');
const only = told('--solo');
const letters = told('--letra');

const scratch = await mkdtemp(path.join(tmpdir(), 'cotejo-fotos-'));
const wrong = [];
/** The cell that a member of its commission holds against a bid, once one does. */
let against = null;
/** The case that is being evaluated, beside the signed ones. */
let open = '';
try {
  await mkdir(folder, { recursive: true });
  process.stdout.write('the sample is made and evaluated\n');
  const cli = (...args) =>
    run(program('cotejo'), ['--datos', path.join(scratch, 'datos'), ...args], { timeout: READING, maxBuffer: 1 << 24 });
  await cli('demo', '--semilla', '7', '--salida', path.join(scratch, 'firmado'));
  await cli('demo', '--semilla', '11', '--proceso', 'lico', '--salida', path.join(scratch, 'otro'));
  const made = await cli('caso', 'nuevo', '--pliego', path.join(scratch, 'firmado', 'muestra', 'pliego.ushay'));
  open = made.stdout.trim();
  // Exit 1 says that something deserves a look: the sample has planted defects.
  await cli('caso', 'importar', open, path.join(scratch, 'firmado', 'muestra', 'ofertas')).catch((error) => {
    if (error.code !== 1) throw error;
  });
  for (const size of SIZES) await photograph(size);
  await photographNothing();
} finally {
  await rm(scratch, { recursive: true, force: true });
}
await writeFile(path.join(folder, 'reparos.txt'), wrong.map((line) => `${line}\n`).join(''));
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(wrong.length === 0 ? 'no complaints\n' : `${wrong.length} complaints\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

/** Takes every view at one size. */
async function photograph([width, height]) {
  const window = await openWindow({ args: ['--datos', path.join(scratch, 'datos')], width, height });
  const { driver } = window;
  try {
    await click(driver, `[data-caso="${open}"]`);
    await find(driver, 'td[role="gridcell"]', READING);
    await decideSome(driver);
    const views = await viewsOf(driver);
    for (const [name, go] of views) {
      if (!name.includes(only)) continue;
      await closeDialogs(driver);
      await go();
      for (const theme of THEMES) await take(driver, `${width}x${height}`, theme, name);
    }
  } finally {
    await window.close();
  }
}

/** Decides what is proposed as met in the first bids, and leaves a note: ink and pencil side by side. */
async function decideSome(driver) {
  const caseId = await openCaseId(driver);
  const { data: matrix } = await ask(driver, 'matrix', { caseId });
  const cells = matrix.groups
    .flatMap((group) => group.rows)
    .flatMap((row) => row.cells.slice(0, 2).map((cell) => ({ row, cell })))
    .filter(({ row, cell }) => ['integridad', 'minimo'].includes(row.requirement.kind) && cell.state === 'proposed')
    .filter(({ cell }) => cell.verdict === 'cumple')
    .map(({ row, cell }) => ({ requirement: row.requirement.id, bid: cell.bid }));
  if (cells.length === 0) return;
  await ask(driver, 'decide_many', { caseId, cells, verdict: 'cumple', conclusion: 'Consta en la oferta.' });
  const note = { cell: cells[0], id: null, text: 'Preguntar al área requirente si basta con la copia.', in_acta: true };
  await ask(driver, 'note', { caseId, note });
  await press(driver, Key.CONTROL, '1');
  await click(driver, `[data-caso="${caseId}"]`);
  await find(driver, 'td[role="gridcell"]', READING);
}

/** Records the course of the case up to the integrity check, a date that is still to come, a claim and constancias; once. */
async function recordCourse(driver) {
  const caseId = await openCaseId(driver);
  const { data: course } = await ask(driver, 'course', { caseId });
  if (course.lots[0].history.length > 0) return;
  // Local time of Ecuador, some days from now.
  const at = (days, hour) => {
    const day = new Date(Date.now() - 5 * 3600 * 1000 + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
    return `${day}T${hour}`;
  };
  const support = { acta: null, instrument: null, attach: null, note: 'Consta en el Portal.' };
  for (const [stage, days] of [['preguntas', -15], ['respuestas', -11], ['entrega', -5], ['apertura', -5]]) {
    await ask(driver, 'move_stage', { caseId, draft: { stage, order: 'close', when: at(days, '15:00'), support } });
  }
  const order = { stage: 'integridad', order: 'open', when: at(-4, '09:00'), support };
  await ask(driver, 'move_stage', { caseId, draft: order });
  const dated = { stage: 'integridad', due: at(6, '17:00'), reason: 'Cronograma reformado en el Portal.', support };
  await ask(driver, 'set_stage_date', { caseId, draft: dated });
  const claim = {
    claimant: 'Proveedora de Ejemplo S.A.',
    stage: 'apertura',
    against: 'Contra el acta de apertura; pide que conste su oferta.',
    filed: at(-3, '10:20'),
    answer_days: 3,
    support,
  };
  await ask(driver, 'raise_claim', { caseId, draft: claim });
  const kind = { publication: 'respuestas', notification: 'respuestas' };
  for (const [name, stage] of Object.entries(kind)) {
    await ask(driver, 'record_constancia', { caseId, draft: { kind: name, stage, when: at(-11, '16:00'), support } });
  }
  await press(driver, Key.CONTROL, '1');
  await click(driver, `[data-caso="${caseId}"]`);
  await find(driver, 'td[role="gridcell"]', READING);
}

/** Asks, notifies and brings the answer of the sample, once. */
async function cure(driver, caseId) {
  const { data: view } = await ask(driver, 'curing', { caseId });
  if (view.notice !== null) return;
  const sample = path.join(scratch, 'firmado', 'muestra');
  const [answer] = JSON.parse(await readFile(path.join(sample, 'verdad.json'), 'utf8')).answers;
  const number = Number(path.basename(answer.folder).slice(0, 2));
  const bid = view.bids.find((entry) => entry.number === number);
  await ask(driver, 'request_cures', { caseId, order: { days: 3, notified_on: '2026-03-05', until: '17:00' } });
  await ask(driver, 'notify_cures', { caseId, order: { at: '2026-03-05T11:30', channel: 'Portal', proof: 'Captura 12' } });
  // The window's own form brings it: a channel for the progress is not to be had from here.
  await click(driver, '[data-sala="convalidacion"]');
  await click(driver, '[data-ir-paso="respuestas"]');
  await click(driver, `[data-respuesta-de="${bid.number}"] [data-traer-respuesta]`);
  await write(driver, '#traer-ruta', path.join(sample, answer.folder));
  await click(driver, '[data-anadir-ruta]');
  for (const [field, text] of [
    ['#traer-momento', '09/03/2026'],
    ['#traer-momento-hora', '10h15'],
  ]) {
    await write(driver, field, text);
    await (await find(driver, field)).sendKeys(Key.TAB);
  }
  await click(driver, '[data-registrar-respuesta]');
  await find(driver, `[data-respuesta-de="${bid.number}"] [data-ver-resultado]`, READING);
}

/** Takes what a person sees before there is anything. */
async function photographNothing() {
  if (!'00-vacio'.includes(only)) return;
  const window = await openWindow({ args: ['--datos', path.join(scratch, 'nada')] });
  try {
    await find(window.driver, '[data-nuevo]');
    for (const theme of THEMES) await take(window.driver, '1366x768', theme, '00-vacio');
  } finally {
    await window.close();
  }
}

async function take(driver, size, theme, name) {
  await driver.executeScript(
    'document.documentElement.dataset.tema = arguments[0]; if (arguments[1]) document.documentElement.style.fontSize = `${arguments[1]}%`',
    theme,
    letters,
  );
  await new Promise((resolve) => setTimeout(resolve, 350));
  const file = path.join(folder, size, theme, `${name}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(await driver.takeScreenshot(), 'base64'));
  for (const complaint of await complaintsOf(driver)) wrong.push(`${size} ${theme} ${name}: ${complaint}`);
}

async function closeDialogs(driver) {
  await driver.executeScript("for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close()");
  await driver.wait(async () => (await driver.findElements(By.css('dialog[open]'))).length === 0, 5_000, 'a dialog stays');
}

/** Lists the views: name and how to come there. */
async function viewsOf(driver) {
  const caseId = await openCaseId(driver);
  const { data: matrix } = await ask(driver, 'matrix', { caseId });
  const cells = matrix.groups.flatMap((group) =>
    group.rows.flatMap((row) => row.cells.map((cell) => ({ row, cell, name: `${row.requirement.id}|${cell.bid}` }))),
  );
  const first = (keeps) => cells.find(({ row, cell }) => keeps(cell, row))?.name;
  const room = (name) => click(driver, `[data-sala="${name}"]`);
  const commission = async () => {
    if (against) return;
    against = await aMemberDecides(driver);
    await press(driver, Key.CONTROL, '1');
    await click(driver, `[data-caso="${caseId}"]`);
    await find(driver, 'td[role="gridcell"]', READING);
  };
  const cell = async (name) => {
    await room('matriz');
    const element = await find(driver, `[data-celda="${name}"]`);
    await driver.executeScript('arguments[0].focus()', element);
    await element.sendKeys(Key.ENTER);
    await find(driver, `[data-mesa="${name}"]`);
    await find(driver, 'img[data-pagina], [data-vista], .fuera');
  };
  const file = async (ending) => {
    await room('documentos');
    await find(driver, '[data-archivo]');
    await driver.executeScript(
      // What a pliego carries is read when somebody asks for it: those files show no page yet.
      `[...document.querySelectorAll('[data-archivo]')]
        .find(({ dataset: { archivo } }) => archivo.endsWith(arguments[0]) && !archivo.includes('.ushay/')).click()`,
      ending,
    );
    await find(driver, 'img[data-pagina], [data-vista]');
  };
  const proposed = first((entry) => entry.state !== 'decided' && entry.verdict === 'cumple' && entry.evidence !== '');
  const adverse = first((entry) => ['no_cumple', 'a_convalidar'].includes(entry.verdict)) ?? proposed;
  return [
    ['01-inicio', () => press(driver, Key.CONTROL, '1')],
    ['02-matriz', () => room('matriz')],
    [
      '03-matriz-marcada',
      async () => {
        await room('matriz');
        await driver.executeScript("document.querySelector('td[role=gridcell]').focus()");
        await driver.actions().sendKeys(' ').perform();
        await driver.actions().keyDown(Key.SHIFT).sendKeys(Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ARROW_RIGHT).keyUp(Key.SHIFT).perform();
        await find(driver, '.bulk');
      },
    ],
    [
      '04-mesa',
      async () => {
        await cell(adverse);
        await drawn(driver);
      },
    ],
    ['05-mesa-cumple', () => cell(proposed)],
    ['05-mesa-sin-propuesta', () => cell(first((entry) => entry.verdict === 'pendiente') ?? proposed)],
    ['05-mesa-decidida', () => cell(first((entry) => entry.state === 'decided') ?? proposed)],
    [
      '06-documentos',
      async () => {
        await room('documentos');
        await find(driver, '[data-archivo]');
      },
    ],
    [
      '07-documentos-archivo',
      async () => {
        await file('.pdf');
        await drawn(driver);
      },
    ],
    [
      '07-documentos-escrita',
      async () => {
        await file('.pdf');
        await drawn(driver);
        await click(driver, '[data-girar-foja]');
        await find(driver, '.por', 60_000);
        await click(driver, '[data-escribir]');
        await write(driver, '#escribir-texto', `FORMULARIO DE DATOS GENERALES\nRazón social: Empresa de Ejemplo S.A.\nVersión ${(written += 1)}`);
        await click(driver, '[data-guardar-texto]');
        await find(driver, '.tinta', 60_000);
        await click(driver, '.dos summary');
      },
    ],
    [
      '07-documentos-escribir',
      async () => {
        await file('.pdf');
        await click(driver, '[data-escribir]');
        await find(driver, '#escribir-texto');
      },
    ],
    [
      '07-documentos-datos',
      async () => {
        await file('.pdf');
        // The first paper of that file is a sheet without fields.
        await driver.executeScript("[...document.querySelectorAll('[data-documento]')][1].click()");
        await click(driver, '[data-datos]');
        await find(driver, '[data-dato]');
        await click(driver, '[data-decir]');
        await find(driver, '[data-palabras]');
      },
    ],
    [
      '07-documentos-copias',
      async () => {
        await room('documentos');
        await click(driver, '[data-copias]');
        await find(driver, '[data-copias-sala]');
        await driver.wait(
          async () => (await driver.findElements(By.css('[data-sin-copias], [data-copia]'))).length > 0,
          20_000,
          'neither copies nor their absence',
        );
      },
    ],
    [
      '07-documentos-vigilar',
      async () => {
        await room('documentos');
        await click(driver, '[data-vigilar]');
        await find(driver, '#vigilar-carpeta');
      },
    ],
    [
      '08-validaciones',
      async () => {
        await room('validaciones');
        await find(driver, '[data-fuente]');
      },
    ],
    [
      '08-validaciones-anotada',
      async () => {
        await room('validaciones');
        await click(driver, '[data-pasos="registries.by_hand.sercop_debarred"]');
        await click(driver, '[data-resultado="adverse"]');
        await write(driver, '#anotar-texto', 'Consta como incumplido desde marzo, por otra entidad.');
        await click(driver, '[data-anotar]');
        await find(driver, '.dicho');
      },
    ],
    ['07-documentos-hoja', () => file('.xlsx')],
    ['07-documentos-texto', () => file('.docx')],
    [
      '08-acta',
      async () => {
        await room('acta');
        await find(driver, '.fi');
      },
    ],
    ['09-atajos', () => press(driver, Key.F1)],
    ['10-ajustes', () => press(driver, Key.CONTROL, ',')],
    ['11-traer-ofertas', () => press(driver, Key.CONTROL, 'o')],
    ['12-abrir-pliego', () => press(driver, Key.CONTROL, 'n')],
    [
      '13-buscar',
      async () => {
        await press(driver, Key.CONTROL, 'f');
        await write(driver, '#buscar-texto', 'patrimonio');
        await find(driver, 'dialog li');
      },
    ],
    [
      '14-acierto',
      async () => {
        await press(driver, Key.CONTROL, 'f');
        await write(driver, '#buscar-texto', 'patrimonio');
        await click(driver, '[data-acierto="0"]');
        await drawn(driver);
        await find(driver, '.activa polygon');
      },
    ],
    [
      '15-paleta',
      async () => {
        await press(driver, Key.CONTROL, 'k');
        await (await find(driver, '[data-paleta] input')).sendKeys('o');
        await find(driver, '[data-opcion]');
      },
    ],
    [
      '16-requisito',
      async () => {
        await room('matriz');
        await click(driver, '[data-requisito]');
        await find(driver, '#requisito-texto');
      },
    ],
    [
      '17-sesion',
      async () => {
        await room('sesion');
        await find(driver, '[data-sesion]');
      },
    ],
    [
      '18-nota',
      async () => {
        await room('matriz');
        await press(driver, 'm');
        await find(driver, '[data-notas]');
      },
    ],
    ...['constatacion', 'defectos', 'pedidos', 'notificacion', 'respuestas', 'resultados', 'ofertas', 'negociacion', 'recomendacion', 'documentos'].map((step, index) => [
      `18-convalidacion-${index + 1}-${step}`,
      async () => {
        if (index > 3) await cure(driver, caseId);
        await room('convalidacion');
        await click(driver, `[data-ir-paso="${step}"]`);
        await find(driver, `[data-convalidacion="${step}"]`);
        if (step === 'constatacion') await driver.executeScript("document.querySelector('[data-escribir-constatacion]')?.click()");
        if (step === 'defectos') await driver.executeScript("document.querySelector('[data-otros-defectos]')?.click(); document.querySelector('[data-decir-defecto]')?.click()");
        if (step === 'pedidos') await driver.executeScript("document.querySelector('[data-escribir-pedido]')?.click()");
        if (step === 'resultados') {
          await find(driver, '[data-cambio-ademas]', READING);
          await driver.executeScript("document.querySelector('[data-elegir=convalidado]:enabled')?.click()");
        }
        if (step === 'ofertas') await driver.executeScript("document.querySelector('[data-final-elegir]')?.click()");
      },
    ]),
    [
      '19-acta-compuesta',
      async () => {
        await room('acta');
        await click(driver, '[data-componer]');
        await find(driver, '[data-hoja] img', READING);
        await driver.wait(
          () => driver.executeScript("return document.querySelector('[data-hoja] img')?.naturalWidth > 0"),
          READING,
          'the acta is never drawn',
        );
      },
    ],
    [
      '27-requisitos',
      async () => {
        await room('requisitos');
        await find(driver, '[data-detalle]');
      },
    ],
    [
      '27-requisitos-corregir',
      async () => {
        await room('requisitos');
        await click(driver, '[data-corregir]');
      },
    ],
    ...['aclaraciones', 'diferencias', 'revision'].map((part) => [
      `27-requisitos-${part}`,
      async () => {
        await room('requisitos');
        await click(driver, `[data-parte="${part}"]`);
        if (part === 'aclaraciones') await click(driver, '[data-aplicar-aclaracion]');
      },
    ]),
    [
      '28-papeles-escribir',
      async () => {
        await room('papeles');
        await click(driver, '[data-papel-clase="apertura"]');
        await click(driver, '[data-vista="escribir"]');
      },
    ],
    [
      '28-papeles-paginas',
      async () => {
        await room('papeles');
        await click(driver, '[data-papel-clase="apertura"]');
        await click(driver, '[data-componer-papel]');
        await find(driver, '[data-hoja-papel]', READING);
      },
    ],
    ...['no_suscripcion', 'expediente', 'adaptacion'].map((kind) => [
      `28-papeles-${kind}`,
      async () => {
        await room('papeles');
        await click(driver, `[data-papel-clase="${kind}"]`);
      },
    ]),
    [
      '21-etapas',
      async () => {
        await recordCourse(driver);
        await room('etapas');
        await find(driver, '[data-etapa]');
      },
    ],
    [
      '21-etapas-cuenta',
      async () => {
        await room('etapas');
        await click(driver, '[data-etapa="adjudicacion"]');
        await click(driver, '[data-ver-cuenta="1"]');
        await find(driver, '[data-cuenta]');
      },
    ],
    [
      '21-etapas-omitir',
      async () => {
        await room('etapas');
        await click(driver, '[data-mover="omit"]');
        await find(driver, '[data-acto="omit"]');
      },
    ],
    [
      '21-etapas-volver',
      async () => {
        await room('etapas');
        await click(driver, '[data-etapa="apertura"]');
        await click(driver, '[data-mover="return"]');
        await find(driver, '[data-acto="return"]');
      },
    ],
    ...['plazos', 'reclamos', 'constancias', 'cumplimiento', 'pliego'].map((part) => [
      `21-etapas-${part}`,
      async () => {
        await room('etapas');
        await click(driver, `[data-parte="${part}"]`);
        await find(driver, `[data-parte="${part}"][aria-pressed="true"]`);
      },
    ]),
    [
      '21-etapas-constancia',
      async () => {
        await room('etapas');
        await click(driver, '[data-parte="constancias"]');
        await click(driver, '[data-nueva-constancia]');
        await find(driver, '[data-acto="constancia"]');
      },
    ],
    ...['acuerdos', 'trato', 'colegas', 'declaraciones', 'evidencia', 'muestra', 'ensayo', 'subcomision'].map((part) => [
      `21-comision-${part}`,
      async () => {
        await commission();
        await room('comision');
        await find(driver, '[data-comision]:not([data-comision=""])');
        await click(driver, `[data-seccion="${part}"]`);
        await find(driver, `[data-comision="${part}"]`);
      },
    ]),
    [
      '21-comision-declarar',
      async () => {
        await commission();
        await room('comision');
        await click(driver, '[data-seccion="declaraciones"]');
        await click(driver, '[data-declarar]');
        await click(driver, '[data-dice="novedad"]');
      },
    ],
    [
      '21-comision-informe',
      async () => {
        await room('comision');
        await click(driver, '[data-seccion="subcomision"]');
        await click(driver, '[data-registrar-informe]');
        await find(driver, '[data-formulario="informe"]');
      },
    ],
    ...['enviar', 'recibir'].map((act) => [
      `21-comision-colegas-${act}`,
      async () => {
        await room('comision');
        await click(driver, '[data-seccion="colegas"]');
        await click(driver, `[data-${act}]`);
        await find(driver, 'dialog[open]');
      },
    ]),
    [
      '23-indicios',
      async () => {
        await room('indicios');
        await find(driver, '[data-indicio-abierto], [data-sin-indicios]');
      },
    ],
    [
      '23-indicios-como',
      async () => {
        await room('indicios');
        await click(driver, '[data-indicio-abierto] summary');
        await click(driver, '[data-descartar]');
      },
    ],
    [
      '24-puntaje',
      async () => {
        await room('puntaje');
        await find(driver, '[data-puntaje]:not([data-puntaje=""])');
      },
    ],
    [
      '20-acta-firmada',
      async () => {
        await press(driver, Key.CONTROL, '1');
        const signed = await find(driver, `[data-caso]:not([data-caso="${caseId}"])`);
        await signed.click();
        await driver.wait(async () => (await openCaseId(driver)) !== caseId, READING, 'the other case does not open');
        await room('acta');
        await find(driver, '[data-abrir-acta]');
        await find(driver, '[data-hoja] img');
      },
    ],
  ];
}
