const MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const DAYS = ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb'];
const LONG_MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];
const LONG_DAYS = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'];
/** Continental Ecuador is five hours behind UTC the whole year. */
const ECUADOR_OFFSET_MS = -5 * 3600 * 1000;

/** The local moment in Ecuador, carried in the UTC fields of a `Date`. */
function local(iso: string): Date | null {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(iso);
  const plain = /^\d{4}-\d\d-\d\d$/.test(iso);
  const time = Date.parse(zoned ? iso : plain ? `${iso}T00:00:00Z` : `${iso}Z`);
  if (Number.isNaN(time)) return null;
  return new Date(zoned ? time + ECUADOR_OFFSET_MS : time);
}

/** Writes a date as `vie 27 nov 2026`. */
export function date(iso: string): string {
  const moment = local(iso);
  if (!moment) return iso;
  return `${DAYS[moment.getUTCDay()]} ${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]} ${moment.getUTCFullYear()}`;
}

/** Writes a day without its year: `27 nov`. */
export function shortDay(iso: string): string {
  const moment = local(iso);
  return moment ? `${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]}` : iso;
}

/** Writes an hour as `17h00`, in the local time of Ecuador. */
export function hour(iso: string): string {
  const moment = local(iso);
  if (!moment) return '';
  return `${String(moment.getUTCHours()).padStart(2, '0')}h${String(moment.getUTCMinutes()).padStart(2, '0')}`;
}

/** Writes date and hour: `vie 27 nov 2026, 17h00`. */
export function dateAndHour(iso: string): string {
  return local(iso) ? `${date(iso)}, ${hour(iso)}` : iso;
}

/** Writes today's head: `Lunes 23 de noviembre de 2026`. */
export function longDate(moment: Date): string {
  const here = new Date(moment.getTime() + ECUADOR_OFFSET_MS);
  const day = LONG_DAYS[here.getUTCDay()] ?? '';
  return `${day.charAt(0).toUpperCase()}${day.slice(1)} ${here.getUTCDate()} de ${LONG_MONTHS[here.getUTCMonth()]} de ${here.getUTCFullYear()}`;
}

/** Writes a confidence: `0,78`. */
export function confidence(value: number): string {
  return value.toFixed(2).replace('.', ',');
}

/** Writes an amount in contract form (`"12650.20"`) as `12.650,20`. What is not an amount stays as it is. */
export function amount(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return text;
  const whole = (parts[2] ?? '').replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  return `${parts[1]}${whole},${(parts[3] ?? '').padEnd(2, '0')}`;
}

/** Shortens a hash for fine print, keeping both ends: `9f3c…e41a`. */
export function shortHash(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : hash;
}
