import type { CheckResult, Report } from '@app/verifying';
import type { Comparison } from './documents.js';

const WIDTH = 17;

/** The report for people: one line per check, then what follows from it. */
export function printReport(report: Report): string {
  const lines = [
    report.origin === null ? 'neither an archive nor a receipt' : `${report.origin}, ${report.size} entries`,
    '',
    ...report.checks.map(line),
    '',
    ...section('Recomputed:', report.award),
    ...section('To know beside the verdict:', report.notices),
    `Verdict: ${report.verdict}${report.missing === null ? '' : `: ${report.missing}`}`,
  ];
  if (report.first !== null) lines.push(`First wrong: ${report.first.where}: ${report.first.reason}`);
  if (report.checks.some(({ verdict }) => verdict === 'NOT AUTHENTICATED'))
    lines.push('No trust file was given (--trust FILE): who signed is not known to be who he says.');
  if (report.first === null) lines.push('', 'What this does not prove:', ...report.limits.map((limit) => `  - ${limit}`));
  return `${lines.join('\n')}\n`;
}

/** What was found of a document, below the report. */
export const printComparison = ({ title, isSame, lines }: Comparison): string =>
  ['', `${title}: ${isSame ? 'PASS' : 'FAIL'}`, ...lines.map((text) => `  ${text}`), ''].join('\n');

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((text) => `  ${text}`), ''];

function line(check: CheckResult): string {
  const wrong =
    check.first === null ? '' : ` — ${check.first.where}: ${check.first.reason}${check.wrong > 1 ? ` (and ${check.wrong - 1} more)` : ''}`;
  const note = check.note === '' ? '' : ` [${check.note}]`;
  return `${check.verdict.padEnd(WIDTH)} ${check.title} (${check.count})${note}${wrong}`;
}
