/** The languages of the pages; Norwegian bokmål unless English is asked for. */
export type Language = 'nb' | 'en';

/** The language that a page's `lang` parameter asks for. */
export function languageOf(parameter: unknown): Language {
  return parameter === 'en' ? 'en' : 'nb';
}
