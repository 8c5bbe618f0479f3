// Opens the real window under its own virtual screen and drives it. Only what this file starts is ever ended, by its handle.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { Builder, By, Capabilities, until } from 'selenium-webdriver';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../..');

const TOLD = { 'cotejo-app': 'COTEJO_APP', cotejo: 'COTEJO_CLI' };

/** Path of a built program: the one the environment tells, else cargo's target folder. */
export function program(name) {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');
  const file = process.env[TOLD[name] ?? ''] ?? path.join(target, 'debug', name);
  if (!existsSync(file)) throw new Error(`${file} is missing: build it first (cargo xtask test does)`);
  return file;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a virtual screen and returns its display, as the server itself announces it. */
function virtualScreen(width, height) {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    screen.stdio[3].once('data', (data) => resolve({ screen, display: `:${String(data).trim()}` }));
  });
}

async function answering(port) {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('WebKitWebDriver does not answer');
}

/** Opens the window with these arguments; `close` ends everything that was started. */
export async function openWindow({
  args = [],
  env = {},
  width = 1366,
  height = 768,
  browser = 'wry',
  application = browser === 'wry' ? program('cotejo-app') : null,
}) {
  const { screen, display } = await virtualScreen(width, height);
  const port = await freePort();
  // The window's own memory (its theme) stays apart from that of whoever runs the tests; the models do not.
  const memory = mkdtempSync(path.join(tmpdir(), 'cotejo-memoria-'));
  const shared = process.env.XDG_DATA_HOME ?? path.join(homedir(), '.local', 'share');
  const COTEJO_RECURSOS = process.env.COTEJO_RECURSOS ?? path.join(shared, 'cotejo', 'recursos');
  const driverProcess = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      COTEJO_RECURSOS,
      XDG_DATA_HOME: memory,
      ...env,
      DISPLAY: display,
      TAURI_AUTOMATION: 'true',
      TAURI_WEBVIEW_AUTOMATION: 'true',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });
  const end = () => {
    driverProcess.kill();
    screen.kill();
    rmSync(memory, { recursive: true, force: true });
  };
  try {
    await answering(port);
    const capabilities = new Capabilities();
    capabilities.setBrowserName(browser);
    capabilities.set('webkitgtk:browserOptions', { binary: application, args });
    const driver = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
    await driver.manage().setTimeouts({ script: 120_000, pageLoad: 60_000 });
    await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    return {
      driver,
      display,
      async close() {
        try {
          await driver.quit();
        } finally {
          end();
        }
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

/** Waits for one element and returns it. */
export async function find(driver, css, timeout = 20_000) {
  return driver.wait(until.elementLocated(By.css(css)), timeout, `nothing matches ${css}`);
}

/** Clicks when the element is there, enabled and in sight. */
export async function click(driver, css, timeout = 20_000) {
  const element = await find(driver, css, timeout);
  await driver.wait(until.elementIsEnabled(element), timeout, `${css} stays disabled`);
  await driver.executeScript('arguments[0].scrollIntoView({ block: "center", inline: "center" })', element);
  await element.click();
  return element;
}

/** Writes into a field as a person does: the old text goes first. */
export async function write(driver, css, text) {
  const field = await find(driver, css);
  await field.clear();
  await field.sendKeys(text);
}

/** Waits until the text of the page contains the words. */
export async function sees(driver, words, timeout = 20_000) {
  await driver.wait(
    async () => (await driver.executeScript('return document.body.innerText')).includes(words),
    timeout,
    `the window never said: ${words}`,
  );
}

/** Waits until the page image under the lamp is drawn, and returns its natural size. */
export async function drawn(driver, timeout = 60_000) {
  const script = `const image = document.querySelector('img[data-pagina]');
    return image && image.complete && image.naturalWidth > 0 ? [image.naturalWidth, image.naturalHeight] : null`;
  let size = null;
  await driver.wait(
    async () => (size = await driver.executeScript(script)) !== null,
    timeout,
    'the page is never drawn',
  );
  return size;
}
