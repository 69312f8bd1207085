/** Text that is HTML already; everything else put into a page is escaped. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Content = Html | string | number | false | undefined | readonly Content[];

/** Puts HTML together: ``html`<p>${text}</p>` `` escapes whatever is not HTML itself. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const filled = parts.map((part, index) => part + render(contents[index]));
  return new Html(filled.join(''));
}

function render(content: Content): string {
  if (content instanceof Html) return content.source;
  if (content === undefined || content === false) return '';
  if (typeof content === 'object') return content.map(render).join('');
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
