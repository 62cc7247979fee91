/** Time for the browser to take the bytes over before they are let go of. */
const KEPT_MS = 60_000;

/** Hands bytes over as a file of this name, where the browser puts downloads. */
export function saveFile(bytes: Uint8Array | string | Blob, name: string, type: string): void {
  // A blob that is a file of the browser's own is read from there: a copy of it would lie in memory.
  const content = bytes instanceof Uint8Array ? Uint8Array.from(bytes) : bytes;
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEPT_MS);
}
