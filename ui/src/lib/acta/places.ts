import type { Place } from '$lib/app/session.svelte';
import type { Section } from '$lib/comision/sections';
import type { CellAddress, MissingInActa, Room } from '$lib/ipc/bindings';

/** Where something that an acta waits for is resolved: the cell where it is one, else its room. */
export function placeOf(room: Room, cell: CellAddress | null, section?: Section): Place {
  if (room === 'mesa') return cell ? { room: 'mesa', cell } : { room: 'matriz' };
  return room === 'comision' ? { room, section } : { room };
}

/** What is not recorded, by the room that has it, in the order in which it came. */
export function byRoom(missing: readonly MissingInActa[]): { room: Room; texts: string[] }[] {
  const rooms: { room: Room; texts: string[] }[] = [];
  for (const { room, text } of missing) {
    const known = rooms.find((entry) => entry.room === room);
    if (known) known.texts.push(text);
    else rooms.push({ room, texts: [text] });
  }
  return rooms;
}
