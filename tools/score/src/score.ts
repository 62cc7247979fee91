import { caseLines, scoreCase } from '@app/evaluation';
import { readFileSync } from 'node:fs';

/** 0: scored; 1: the rules refuse the case; 2: it cannot be read. */
export const EXIT = { GOOD: 0, REFUSED: 1, UNREADABLE: 2 } as const;

interface Printed {
  readonly exit: number;
  readonly text: string;
}

/** What a case file comes to: every figure (JSON), or its lines; a code and a sentence where there is nothing. */
export function printed(file: string, isJson: boolean): Printed {
  const read = readCase(file);
  if ('problem' in read) return refused('MALFORMED', read.problem, isJson, EXIT.UNREADABLE);
  const scored = scoreCase(read.content);
  if (!scored.ok) return refused(scored.code, scored.message, isJson, EXIT.REFUSED);
  const { ok: _ok, ...figures } = scored;
  return { exit: EXIT.GOOD, text: isJson ? `${JSON.stringify(figures, null, 2)}\n` : `${caseLines(scored).join('\n')}\n` };
}

const refused = (code: string, message: string, isJson: boolean, exit: number): Printed => ({
  exit,
  text: isJson ? `${JSON.stringify({ code, message })}\n` : `${code}: ${message}\n`,
});

function readCase(file: string): { readonly content: unknown } | { readonly problem: string } {
  try {
    return { content: JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return { problem: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
