import { expect, test } from 'vitest';
import { amount, confidence, date, dateAndHour, longDate, shortHash } from './format';

test('a moment in UTC is told in the time of Ecuador', () => {
  expect(dateAndHour('2026-11-28T03:10:00Z')).toBe('vie 27 nov 2026, 22h10');
});

test('a local date and hour has no zone to apply', () => {
  expect(dateAndHour('2026-11-27T17:00:00')).toBe('vie 27 nov 2026, 17h00');
  expect(date('2026-11-27')).toBe('vie 27 nov 2026');
});

test('what is no date stays as it came', () => {
  expect(date('pronto')).toBe('pronto');
});

test('the head of the day', () => {
  expect(longDate(new Date('2026-11-24T02:00:00Z'))).toBe('Lunes 23 de noviembre de 2026');
});

test('amounts keep every decimal they came with', () => {
  expect(amount('1284650.32')).toBe('1.284.650,32');
  expect(amount('300252.63001')).toBe('300.252,63001');
  expect(amount('12650.2')).toBe('12.650,20');
  expect(amount('-5')).toBe('-5,00');
  expect(amount('no consta')).toBe('no consta');
});

test('confidences and hashes', () => {
  expect(confidence(0.784)).toBe('0,78');
  expect(shortHash('9f3c0000000000000000e41a')).toBe('9f3c…e41a');
});
