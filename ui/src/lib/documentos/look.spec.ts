import { expect, test } from 'vitest';
import type { FileView, PageSummary } from '$lib/ipc/bindings';
import { countsOf, unreadPages } from './look';

function page(number: number, status: PageSummary['status'], written = false): PageSummary {
  return { number, status, written, document: '', failure: null, turn: 0, reading_view: false };
}

test('a page that a person wrote is no longer one that was not read', () => {
  const file = { pages: [page(1, 'text'), page(2, 'failed'), page(3, 'failed', true), page(4, 'ocr')] } as FileView;
  expect(unreadPages(file)).toBe(1);
  expect(countsOf(file).map(({ key, number }) => [key, number])).toEqual([
    ['text', 1],
    ['ocr', 1],
    ['written', 1],
    ['failed', 1],
  ]);
});
