import { expect } from 'chai';
import { importCycles, unlistedMigrations } from './imports.js';
import { unlockedPackages } from './lock-file.js';
import { engineViolations, roomViolations } from './rooms.js';
import type { SourceFile, Violation } from './source-tree.js';
import { oversizedFiles, TEXT_RULES, textViolations } from './text-rules.js';

const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: lines.join('\n') });
const places = (violations: readonly Violation[]): string[] =>
  violations.map(({ file: path, line }) => `${path}:${line}`);

/** Puts together what this file itself must not contain. */
const joined = (...parts: string[]): string => parts.join('');

const textPlaces = (title: string, ...files: SourceFile[]): string[] => {
  const rule = TEXT_RULES.find((candidate) => candidate.title === title);
  if (rule === undefined) throw new TypeError(`no rule "${title}"`);
  return places(textViolations(rule, files));
};

describe('the rule of rooms', () => {
  it('lets a file import its own room and those below', () => {
    const up = file('src/jobs/queue.ts', "import { tx } from '../db/tx.js';", "import './job.js';");
    expect(roomViolations([up])).to.be.empty;
  });

  it('finds an import from a room above, types and late imports included', () => {
    const down = file(
      'src/db/tx.ts',
      "import type { Job } from '../jobs/queue.js';",
      '',
      "const engine = await import('../engine/step/advance.js');",
      "export { app } from '../http/app.js';",
    );
    expect(places(roomViolations([down]))).to.deep.equal([
      'src/db/tx.ts:1',
      'src/db/tx.ts:3',
      'src/db/tx.ts:4',
    ]);
  });

  it('keeps neighbours of one level apart, but lets decisions count working days', () => {
    const decisions = file('src/decisions/feel.ts', "import '../calendar/cycle.js';");
    const access = file('src/access/policy.ts', "import '../calendar/cycle.js';");
    expect(places(roomViolations([decisions, access]))).to.deep.equal(['src/access/policy.ts:1']);
  });

  it('finds a room that nobody knows, and an import of tests', () => {
    const attic = file('src/attic/old.ts', '');
    const cli = file('src/cli.ts', "import '../test/helpers/app.js';", "import './compose.js';");
    expect(places(roomViolations([attic, cli]))).to.deep.equal([
      'src/attic/old.ts:1',
      'src/cli.ts:1',
    ]);
  });

  it('lets only engine/ import the engine', () => {
    const engine = file('src/engine/run.ts', "import { Engine } from 'bpmn-engine';");
    const tasks = file('src/tasks/work.ts', '', "import type { Definition } from 'bpmn-elements';");
    expect(places(engineViolations([engine, tasks]))).to.deep.equal(['src/tasks/work.ts:2']);
  });
});

describe('the rule of cycles', () => {
  it('finds a ring of three and names its files', () => {
    const ring = importCycles([
      file('src/a/one.ts', "import './two.js';"),
      file('src/a/two.ts', "import '../b/three.js';"),
      file('src/b/three.ts', '', "import type { One } from '../a/one.js';"),
    ]);
    expect(places(ring)).to.deep.equal(['src/b/three.ts:2']);
    expect(ring[0]!.message).to.contain(
      'src/a/one.ts → src/a/two.ts → src/b/three.ts → src/a/one.ts',
    );
  });

  it('finds a ring that is reached from outside it', () => {
    const files = [
      file('src/start.ts', "import './left.js';"),
      file('src/left.ts', "import './right.js';"),
      file('src/right.ts', "import './left.js';"),
    ];
    expect(places(importCycles(files))).to.deep.equal(['src/right.ts:1']);
  });

  it('has nothing against two ways to one file', () => {
    const files = [
      file('src/top.ts', "import './left.js';", "import './right.js';"),
      file('src/left.ts', "import './base.js';"),
      file('src/right.ts', "import './base.js';"),
      file('src/base.ts', ''),
    ];
    expect(importCycles(files)).to.be.empty;
  });
});

describe('the rule of size', () => {
  const lines = (count: number): string => 'x\n'.repeat(count);

  it('allows 250 lines and no more', () => {
    const long = { path: 'src/long.ts', text: lines(251) };
    const full = { path: 'test/full.ts', text: lines(250) };
    expect(places(oversizedFiles([long, full]))).to.deep.equal(['src/long.ts:251']);
  });

  it('is for code only', () => {
    const log = { path: 'test/resources/log.csv', text: lines(900) };
    const lock = { path: 'package-lock.json', text: lines(900) };
    expect(oversizedFiles([log, lock])).to.be.empty;
  });
});

describe('the rule of migrations', () => {
  it('finds one that is not listed', () => {
    const index = file('migrations/index.ts', "import { First } from './1-First.js';");
    const files = [index, file('migrations/1-First.ts', ''), file('migrations/2-Second.ts', '')];
    expect(places(unlistedMigrations(files))).to.deep.equal(['migrations/2-Second.ts:1']);
  });

  it('finds all of them where there is no list', () => {
    expect(unlistedMigrations([file('migrations/1-First.ts', '')])).to.have.lengthOf(1);
  });
});

describe('the rule of the lock file', () => {
  it('finds an optional package that is not locked', () => {
    const packages = {
      'node_modules/parser': {
        optionalDependencies: { '@parser/mac': '1.0.0', fsevents: '2.0.0' },
      },
      'node_modules/other/node_modules/fsevents': { version: '2.0.0', optional: true },
    };
    const found = unlockedPackages(file('package-lock.json', JSON.stringify({ packages })));
    expect(found.map(({ message }) => message)).to.deep.equal([
      'lacks @parser/mac: npm ci would refuse it',
    ]);
  });
});

describe('the rules of words', () => {
  it('find the environment read outside config', () => {
    const config = file('src/kernel/config.ts', 'read(process.env);');
    const log = file('src/kernel/log.ts', '// not process.env', 'const level = process.env.LEVEL;');
    const found = textPlaces('reads the environment in one file', config, log);
    expect(found).to.deep.equal(['src/kernel/log.ts:2']);
  });

  it('find a status number outside http/', () => {
    const title = 'names HTTP status numbers in one room';
    const body = 'response.status(404).end();';
    const found = textPlaces(
      title,
      file('src/http/problem.ts', body),
      file('src/tasks/work.ts', body),
    );
    expect(found).to.deep.equal(['src/tasks/work.ts:1']);
  });

  it('find a test left out or singled out', () => {
    const title = 'leaves out no test and singles out none';
    const spec = file(
      'test/a-test.ts',
      joined('it.', "skip('x', y);"),
      joined('describe.', "only('x', y);"),
      'it();',
    );
    expect(textPlaces(title, spec)).to.deep.equal(['test/a-test.ts:1', 'test/a-test.ts:2']);
  });

  it('find work left open, in comments and messages', () => {
    const words = [
      joined('// to', 'do: later'),
      joined("'not ", "implemented'"),
      joined('const st', 'ub = 1;'),
    ];
    const source = file('src/tasks/work.ts', ...words, 'const method = stubborn;');
    expect(textPlaces('leaves no work open', source)).to.have.lengthOf(3);
  });

  it('find an address of a package registry', () => {
    const address = joined('https://registry.', 'npmjs.org/a.tgz');
    const lock = file('package-lock.json', '{', `"resolved": "${address}"`, '}');
    expect(textPlaces('names no package registry', lock)).to.deep.equal(['package-lock.json:2']);
  });

  it('find a folder of one machine, and leave a route alone', () => {
    const title = 'knows no folder of the machine it was written on';
    const readme = file('README.md', joined('see /work', '/main'), '`/api/work/1`', '../work/a.ts');
    expect(textPlaces(title, readme)).to.deep.equal(['README.md:1']);
  });
});
