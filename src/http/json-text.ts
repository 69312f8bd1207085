/** JSON with a line break at its end, so that a terminal's next line is its own. */
export function toJson(value: unknown, indent: number): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}
