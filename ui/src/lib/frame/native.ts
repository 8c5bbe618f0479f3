import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open, save } from '@tauri-apps/plugin-dialog';
import { events } from '$lib/ipc/bindings';
import { t } from '$lib/words/catalogue';

type Stop = () => void;

/** Hears the native menu. */
export function onMenu(act: (id: string) => void): Promise<Stop> {
  return events.menuChosen.listen((event) => act(event.payload.id));
}

/** Hears files dropped on the window; a picker stands beside every drop. */
export function onFilesDropped(take: (paths: string[]) => void, hover: (over: boolean) => void): Promise<Stop> {
  return getCurrentWebview().onDragDropEvent((event) => {
    hover(event.payload.type === 'enter' || event.payload.type === 'over');
    if (event.payload.type === 'drop' && event.payload.paths.length > 0) take(event.payload.paths);
  });
}

/** Asks for files with the system's dialog. */
export async function pickFiles(title: string, extensions: string[]): Promise<string[]> {
  const chosen = await open({
    multiple: true,
    title,
    filters: [{ name: t('app.archivos_admitidos'), extensions }],
  });
  return chosen ?? [];
}

/** Asks for one file. */
export async function pickFile(title: string, extensions: string[]): Promise<string | null> {
  return open({ multiple: false, title, filters: [{ name: t('app.archivos_admitidos'), extensions }] });
}

/** Asks where a file is to be written. */
export async function pickPlace(title: string, name: string): Promise<string | null> {
  return save({ title, defaultPath: name });
}

/** Asks for folders. */
export async function pickFolders(title: string): Promise<string[]> {
  const chosen = await open({ directory: true, multiple: true, title });
  return chosen ?? [];
}
