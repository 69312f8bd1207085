import type { Language } from './language.js';

/** One thing to do in a terminal, and what it shows. */
export interface TryItStep {
  readonly title: string;
  readonly text: string;
  readonly command: string;
}

const TEXTS: Record<Language, readonly (readonly [title: string, text: string])[]> = {
  nb: [
    [
      'Registrer en henvendelse',
      'Skranken melder om en knust dunk. Svaret sier hvilken enhet saken gikk til, hvorfor, og når svaret er lovet.',
    ],
    ['Finn oppgaven', 'Saksbehandleren i enheten har fått den i listen sin.'],
    ['Ta oppgaven og fullfør den', 'Prosessen går videre med en gang, så langt den kommer.'],
    ['Se hele historien', 'Samme form som ved registreringen, med alt som har hendt siden.'],
    [
      'La fristen gå ut',
      'Ingen leverer dunken. Still demoklokken en måned frem: det som forfaller på veien, skjer til sin tid.',
    ],
    ['Se eskaleringen', 'Enhetslederen ser fristbruddet.'],
  ],
  en: [
    [
      'Register an inquiry',
      'The front desk reports a broken bin. The answer says which unit has it, why, and when a reply is promised.',
    ],
    ['Find the task', 'The caseworker of that unit has it in the list.'],
    ['Claim it and complete it', 'The process moves on at once, as far as it gets.'],
    ['See the whole story', 'The same shape as at registration, with all that has happened since.'],
    [
      'Let the deadline pass',
      'Nobody delivers the bin. Move the demo clock on by a month: what falls due on the way happens at its time.',
    ],
    ['See the escalation', 'The manager of the unit sees the missed deadline.'],
  ],
};

const INQUIRY = `{
  "channel": "phone", "service": "DUNK", "ownWords": false,
  "party": {"name": "Test Person", "phone": "+4799999999", "email": "test@example.no"},
  "text": "Dunken er knust", "location": {"address": "Storgata 1"}
}`;

const JSON_BODY = "-H 'Content-Type: application/json'";

/** Keeps one value of an answer in a shell variable, without any tool but Node itself. */
const keep = (variable: string, file: string, expression: string) =>
  `${variable}=$(node -pe 'JSON.parse(fs.readFileSync("${file}")).${expression}')`;

/** The way through the product for somebody with a terminal, against the server at `url`. */
export function tryItSteps(url: string, language: Language): readonly TryItStep[] {
  const commands = [
    [
      `curl -s -u agent:demo ${url}/api/inquiries ${JSON_BODY} -d '${INQUIRY}' | tee inquiry.json`,
      keep('REFERENCE', 'inquiry.json', 'reference'),
    ],
    [
      `curl -s -u caseworker:demo "${url}/api/tasks?inquiry=$REFERENCE" | tee tasks.json`,
      keep('TASK', 'tasks.json', 'items[0].id'),
    ],
    [
      `curl -s -u caseworker:demo -X POST ${url}/api/tasks/$TASK/claim`,
      `curl -s -u caseworker:demo ${url}/api/tasks/$TASK/complete \\\n  ${JSON_BODY} -d '{"answers": {"priceAccepted": true}}'`,
    ],
    [`curl -s -u agent:demo ${url}/api/inquiries/$REFERENCE`],
    [`curl -s -u admin:demo ${url}/api/demo/clock ${JSON_BODY} -d '{"advance": "P1M"}'`],
    [`curl -s -u manager:demo ${url}/api/sla/breaches`],
  ];
  return TEXTS[language].map(([title, text], index) => ({
    title,
    text,
    command: commands[index]?.join('\n') ?? '',
  }));
}
