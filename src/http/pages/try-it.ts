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
    ['La en frist gå ut', 'Registrer én sak til, la den ligge, og still demoklokken frem.'],
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
    ['Let a deadline pass', 'Register one more, leave it alone, and move the demo clock forwards.'],
    ['See the escalation', 'The manager of the unit sees the missed deadline.'],
  ],
};

const INQUIRY = `{
  "channel": "phone", "service": "DUNK", "ownWords": false,
  "party": {"name": "Test Person", "phone": "+4799999999", "email": "test@example.no"},
  "text": "Dunken er knust", "location": {"address": "Storgata 1"}
}`;

/** Reads one value out of a JSON answer without any tool but Node itself. */
const pick = (expression: string) => `node -pe "JSON.parse(fs.readFileSync(0)).${expression}"`;

/** The way through the product for somebody with a terminal, against the server at `url`. */
export function tryItSteps(url: string, language: Language): readonly TryItStep[] {
  const register = `curl -s -u agent:demo ${url}/api/inquiries -H 'Content-Type: application/json' -d '${INQUIRY}'`;
  const commands = [
    `${register} | tee inquiry.json\nREFERENCE=$(${pick('reference')} < inquiry.json)`,
    `curl -s -u caseworker:demo "${url}/api/tasks?inquiry=$REFERENCE" | tee tasks.json\nTASK=$(${pick('items[0].id')} < tasks.json)`,
    `curl -s -u caseworker:demo -X POST ${url}/api/tasks/$TASK/claim\ncurl -s -u caseworker:demo ${url}/api/tasks/$TASK/complete -H 'Content-Type: application/json' -d '{"answers":{}}'`,
    `curl -s -u agent:demo ${url}/api/inquiries/$REFERENCE`,
    `${register}\ncurl -s -u admin:demo ${url}/api/demo/clock -H 'Content-Type: application/json' -d '{"advance":"P30D"}'`,
    `curl -s -u manager:demo ${url}/api/sla/breaches`,
  ];
  return TEXTS[language].map(([title, text], index) => ({
    title,
    text,
    command: commands[index] ?? '',
  }));
}
