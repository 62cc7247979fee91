/** Time for the browser to take the bytes over before they are let go of. */
const KEPT_MS = 60_000;

/** Hands bytes over as a file of this name, where the browser puts downloads. */
export function saveFile(bytes: Uint8Array | string, name: string, type: string): void {
  const content = typeof bytes === 'string' ? bytes : Uint8Array.from(bytes);
  const url = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEPT_MS);
}
