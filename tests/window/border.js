// What the tests do past the mouse: keys pressed together, questions to the core, the case at hand.

/** Presses keys together where the person is, not in a field: the last one while the others are held. */
export async function press(driver, ...keys) {
  await driver.executeScript('document.activeElement?.blur()');
  await chord(driver, ...keys);
}

/** Presses keys together in the field that has the focus. */
export async function chord(driver, ...keys) {
  const held = keys.slice(0, -1);
  const actions = driver.actions();
  for (const key of held) actions.keyDown(key);
  actions.keyDown(keys.at(-1)).keyUp(keys.at(-1));
  for (const key of held.reverse()) actions.keyUp(key);
  await actions.perform();
}

/** Asks the core over the same border as the window does, and returns what it answers or refuses. */
export function ask(driver, command, args) {
  return driver.executeAsyncScript(
    `const [command, args, done] = arguments;
     window.__TAURI_INTERNALS__.invoke(command, args).then((data) => done({ data }), (error) => done({ error }));`,
    command,
    args,
  );
}

/** Identifier of the open case. */
export function openCaseId(driver) {
  return driver.executeScript("return document.querySelector('[data-caso-abierto]').dataset.casoAbierto");
}
