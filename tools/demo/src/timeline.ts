/** The play, told line by line: legal time, entry, venue, who, what. */
export class Timeline {
  constructor(
    private readonly lot: string,
    private readonly write: (text: string) => void = (text) => process.stdout.write(text),
  ) {}

  head(text: string): void {
    this.write(`\n── ${this.lot}　${text} ${'─'.repeat(Math.max(4, 60 - text.length * 2))}\n`);
  }

  line(at: string, seq: number | null, venue: string, name: string, label: string, type: string): void {
    const number = seq === null ? '    ·' : `#${String(seq).padStart(4)}`;
    this.write(`${beijing(at)}  ${number}  ${venue.padEnd(7)} ${name}${label === '' ? '' : `：${label}`}　${type}\n`);
  }

  note(text: string): void {
    this.write(`${' '.repeat(10)}${text}\n`);
  }
}

/** Time of day in Beijing (UTC+8, no daylight saving). */
const beijing = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 19);
