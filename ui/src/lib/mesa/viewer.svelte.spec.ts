import { expect, test } from 'vitest';
import { cellView, fileView } from '../../../tests/fixtures';
import { Viewer } from './viewer.svelte';

test('it opens on the first evidence that has a page', () => {
  const viewer = new Viewer();
  const { evidence } = cellView();
  const [first] = evidence;
  if (first) first.place = { kind: 'elsewhere' };
  viewer.showFirst(evidence, []);
  expect(viewer.shown).toEqual({ file: evidence[1]?.file, number: 37 });
  expect(viewer.active).toBe(1);
});

test('without evidence it opens on what was handed in', () => {
  const viewer = new Viewer();
  viewer.showFirst([], [fileView({ hash: 'aa', pages: [] }), fileView({ hash: 'bb' })]);
  expect(viewer.shown).toEqual({ file: 'bb', number: 1 });
});

test('enlarging starts from what fits and fitting comes back to it', () => {
  const viewer = new Viewer();
  viewer.fitted = 1.07;
  viewer.enlarge(1);
  expect(viewer.scale).toBe(1.12);
  viewer.enlarge(-1);
  expect(viewer.scale).toBe(1);
  viewer.fit();
  expect(viewer.scale).toBe(1.07);
});

test('another page lies upright again; the same page stays turned', () => {
  const viewer = new Viewer();
  viewer.show('aa', 1);
  viewer.turn();
  viewer.show('aa', 1);
  expect(viewer.rotation).toBe(90);
  viewer.show('aa', 2);
  expect(viewer.rotation).toBe(0);
});
