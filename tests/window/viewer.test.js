// The evidence viewer in a browser that was not made for it: opened from the disk, it proves its own hashes, and tells when something was changed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { By } from 'selenium-webdriver';
import { openWindow, program } from './window.js';

const PLACES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec', '/usr/lib64'];
const BROWSER = PLACES.map((place) => `${place}/webkit2gtk-4.1/MiniBrowser`).find(existsSync);

async function state(driver, file) {
  await driver.get(`file://${file}`);
  for (let attempt = 0; attempt < 120; attempt++) {
    const found = await driver.executeScript('return document.documentElement.dataset.estado || null');
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return 'never';
}

test('a viewer proves itself from the disk, and a changed one tells', { skip: BROWSER ? false : 'no WebKit MiniBrowser' }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cotejo-visor-'));
  const cotejo = (...args) => execFileSync(program('cotejo'), ['--datos', path.join(folder, 'datos'), ...args], { encoding: 'utf8' });
  let opened;
  try {
    cotejo('demo', '--salida', path.join(folder, 'demo'));
    const id = cotejo('caso', 'listar').split(/\s/)[0];
    cotejo('caso', 'evidencias', id, '--salida', folder);
    const viewer = path.join(folder, 'visor-evidencias.html');
    const changed = path.join(folder, 'cambiado.html');
    const html = readFileSync(viewer, 'utf8');
    const other = html.replace('"verdict":"Cumple"', '"verdict":"No cumple"');
    assert.notEqual(other, html, 'there is a verdict to change');
    writeFileSync(changed, other);
    opened = await openWindow({ browser: 'MiniBrowser', application: BROWSER, args: ['--automation'] });
    const { driver } = opened;
    assert.equal(await state(driver, viewer), 'bien');
    const pieces = await driver.findElements(By.css('nav button'));
    await pieces[pieces.length - 1].click();
    assert.equal((await driver.findElements(By.css('article .mal'))).length, 0);
    assert.equal(await state(driver, changed), 'mal', 'a verdict was changed');
  } finally {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
