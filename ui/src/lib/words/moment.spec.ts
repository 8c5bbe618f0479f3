import { expect, test } from 'vitest';
import { readDate, readHour, writtenDate } from './moment';

test('a date is read as people write it, and a day that does not exist is none', () => {
  expect(readDate('20/11/2026')).toBe('2026-11-20');
  expect(readDate(' 2/1/2026 ')).toBe('2026-01-02');
  expect(readDate('2026-11-20')).toBe('2026-11-20');
  expect(readDate('31/02/2026')).toBeNull();
  expect(readDate('11/20/2026'), 'the month does not come first here').toBeNull();
  expect(readDate('')).toBe('');
  expect(writtenDate('2026-11-20T09:00')).toBe('20/11/2026');
});

test('an hour is read as people write it', () => {
  expect(['9', '9:05', '09h00', '23.59'].map(readHour)).toEqual(['09:00', '09:05', '09:00', '23:59']);
  expect(['24:00', '9:7', 'tarde'].map(readHour)).toEqual([null, null, null]);
});
