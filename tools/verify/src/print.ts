import type { CheckResult, Report } from './report.js';

const WIDTH = 17;

/** The report for people: one line per check, then what follows from it. */
export function printReport(report: Report): string {
  const lines = [
    report.origin === null ? 'not an archive' : `${report.origin}, ${report.size} entries`,
    '',
    ...report.checks.map(line),
    '',
    ...(report.award.length > 0 ? ['Recomputed:', ...report.award.map((text) => `  ${text}`), ''] : []),
    `Verdict: ${report.verdict}${partly(report)}`,
  ];
  if (report.first !== null) lines.push(`First wrong: ${report.first.where}: ${report.first.reason}`);
  if (report.exit === 2) lines.push('No trust file was given (--trust FILE): who signed is not known to be who he says.');
  if (report.exit !== 1) lines.push('', 'What this does not prove:', ...report.limits.map((limit) => `  - ${limit}`));
  return `${lines.join('\n')}\n`;
}

function line(check: CheckResult): string {
  const wrong =
    check.first === null ? '' : ` — ${check.first.where}: ${check.first.reason}${check.wrong > 1 ? ` (and ${check.wrong - 1} more)` : ''}`;
  const note = check.note === '' ? '' : ` [${check.note}]`;
  return `${check.verdict.padEnd(WIDTH)} ${check.title} (${check.count})${note}${wrong}`;
}

/** A reader who was given less must not take the verdict for more. */
const partly = (report: Report): string =>
  report.exit !== 1 && report.checks.some(({ verdict }) => verdict === 'NOT VISIBLE' || verdict === 'ERASED')
    ? ', of the parts that are here'
    : '';
