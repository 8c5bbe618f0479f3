import type { CommissionDraft, InstrumentView, SeatDraft, SessionDraft } from '$lib/ipc/bindings';

/** What the form holds: the same as what crosses to the core, with nothing left out. */
export type WrittenInstrument = Required<InstrumentView>;
export type WrittenSession = Required<SessionDraft>;
export type WrittenSeat = Omit<Required<SeatDraft>, 'substitution'> & { substitution: WrittenInstrument | null };
export interface WrittenCommission {
  body: CommissionDraft['body'];
  designation: WrittenInstrument | null;
  seats: WrittenSeat[];
}

/** Fills an instrument in for the form. */
export function writtenInstrument(given: InstrumentView | null | undefined): WrittenInstrument {
  return { ...blankInstrument(), ...given };
}

/** Fills a session in for the form. */
export function writtenSession(given: SessionDraft): WrittenSession {
  return { city: '', place: '', modality: null, opened: null, closed: null, convocation: null, agenda: [], ...given };
}

/** Fills a commission in for the form. */
export function writtenCommission(given: CommissionDraft): WrittenCommission {
  return {
    body: given.body,
    designation: given.designation ? writtenInstrument(given.designation) : null,
    seats: given.seats.map((seat) => ({
      ...blankSeat(seat.capacity),
      ...seat,
      substitution: seat.substitution ? writtenInstrument(seat.substitution) : null,
    })),
  };
}

/** An instrument with nothing written. */
export function blankInstrument(): WrittenInstrument {
  return { name: '', number: '', date: '', issued_by: '' };
}

/** An instrument as it is kept: none when nothing of it is written. */
export function keptInstrument(written: WrittenInstrument): WrittenInstrument | null {
  const trimmed = {
    name: written.name.trim(),
    number: written.number.trim(),
    date: written.date,
    issued_by: written.issued_by.trim(),
  };
  return Object.values(trimmed).some((text) => text !== '') ? trimmed : null;
}

/** A seat for a person who is not yet in the list. */
export function blankSeat(capacity: SeatDraft['capacity']): WrittenSeat {
  return {
    id: null,
    name: '',
    cedula: '',
    position: '',
    capacity,
    gender: null,
    present: true,
    me: false,
    substitutes: null,
    substitution: null,
  };
}

/** The session as it is sent: trimmed, without empty points. */
export function sentSession(written: WrittenSession, convocation: WrittenInstrument, agenda: string): WrittenSession {
  return {
    ...written,
    city: written.city.trim(),
    place: written.place.trim(),
    opened: written.opened === '' ? null : written.opened,
    closed: written.closed === '' ? null : written.closed,
    convocation: keptInstrument(convocation),
    agenda: agenda
      .split('\n')
      .map((point) => point.trim())
      .filter((point) => point !== ''),
  };
}

/** The commission as it is sent: without seats in which nothing is written, and with the places that substitutes take still right. */
export function sentCommission(written: WrittenCommission, designation: WrittenInstrument): WrittenCommission {
  const kept = written.seats.map((seat) => [seat.name, seat.cedula, seat.position].some((text) => text.trim() !== ''));
  const moved = written.seats.map((_, index) => kept.slice(0, index).filter(Boolean).length);
  return {
    body: written.body,
    designation: keptInstrument(designation),
    seats: written.seats
      .filter((_, index) => kept[index])
      .map((seat) => ({
        ...seat,
        name: seat.name.trim(),
        cedula: seat.cedula.trim(),
        position: seat.position.trim(),
        substitutes: seat.substitutes !== null && kept[seat.substitutes] ? (moved[seat.substitutes] ?? null) : null,
        substitution: seat.substitution && keptInstrument(seat.substitution),
      })),
  };
}

/** Takes a seat out; whoever took its place takes nobody's. */
export function withoutSeat(seats: readonly WrittenSeat[], index: number): WrittenSeat[] {
  return seats
    .filter((_, position) => position !== index)
    .map((seat) => {
      if (seat.substitutes === null) return seat;
      if (seat.substitutes === index) return { ...seat, substitutes: null, substitution: null };
      return seat.substitutes > index ? { ...seat, substitutes: seat.substitutes - 1 } : seat;
    });
}
