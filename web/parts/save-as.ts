/** Has the browser save a file that was made here. */

/** @param title the file is named by it */
export function saveAs(title: string, kind: 'csv' | 'json', parts: readonly string[]): void {
  const type = kind === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${kind}`;
  link.click();
  URL.revokeObjectURL(url);
}
