import type { FileView } from '$lib/ipc/bindings';

/** Counts the findings of a file that deserve a look. */
export function toLook(file: FileView): number {
  return file.findings.filter((finding) => finding.severity !== 'info').length;
}
