import { readFileSync } from 'node:fs';

/** The worked example of docs/import.md as it stands there: what a platform's developer copies. */
export const [IMPORT_EXAMPLE = ''] = /(?<=```json\n)\{[^`]*?"rules"[^`]*?(?=```)/.exec(readFileSync('docs/import.md', 'utf8')) ?? [];
