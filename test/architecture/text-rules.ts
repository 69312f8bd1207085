import type { SourceFile, Violation } from './source-tree.js';

/** A pattern that must not stand in some files, judged line by line. */
export interface TextRule {
  readonly title: string;
  readonly pattern: RegExp;
  readonly appliesTo: (path: string) => boolean;
  /** Whether a comment may break it, too. */
  readonly inComments: boolean;
  readonly message: string;
}

const MAX_LINES = 250;
const CODE_FOLDER = /^(src|test|bench|scripts|migrations|assets|modeler|desk)\//;
const CODE_FILE = /\.(ts|tsx|js|mjs|cjs|css|html|sql|sh)$/;
const COMMENT = /^\s*(\/\/|\/?\*)/;

/** Spelled in halves, since the rule reads this file, too. */
const OPEN_WORK = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'st' + 'ub', 'not ' + 'implemented'];

const inRoom = (path: string, room: string): boolean => path.startsWith(`src/${room}/`);
const inSource = (path: string): boolean => path.startsWith('src/');

export const TEXT_RULES: readonly TextRule[] = [
  {
    title: 'reads the environment in one file',
    pattern: /\bprocess\.env\b/,
    appliesTo: (path) => inSource(path) && path !== 'src/kernel/config.ts',
    inComments: false,
    message: 'reads process.env, which only src/kernel/config.ts may',
  },
  {
    title: 'names HTTP status numbers in one room',
    pattern: /\.(status|sendStatus)\(/,
    appliesTo: (path) => inSource(path) && !inRoom(path, 'http'),
    inComments: false,
    message: 'sets an HTTP status, which only src/http/ may',
  },
  {
    title: 'leaves out no test and singles out none',
    pattern: /\.(skip|only)\(/,
    appliesTo: (path) => path.startsWith('test/'),
    inComments: false,
    message: 'leaves tests out; where something is lacking, use test/helpers/needs.ts',
  },
  {
    title: 'leaves no work open',
    pattern: new RegExp(`\\b(${OPEN_WORK.join('|')})s?\\b`, 'i'),
    appliesTo: (path) => CODE_FOLDER.test(path) || path.startsWith('processes/'),
    inComments: true,
    message: 'tells of unfinished work',
  },
  {
    title: 'names no package registry',
    pattern: /registry\.npmjs|registry\.yarnpkg|deb\.debian\.org|unpkg\.com/,
    appliesTo: () => true,
    inComments: true,
    message: 'names a package registry: where packages come from is the machine’s business',
  },
  {
    title: 'knows no folder of the machine it was written on',
    pattern: /(?<![\w.}])\/work\/|\/(home|Users)\/\w+\//,
    appliesTo: () => true,
    inComments: true,
    message: 'names a folder of one machine',
  },
];

export function textViolations(rule: TextRule, files: readonly SourceFile[]): Violation[] {
  return files
    .filter(({ path }) => rule.appliesTo(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .map((content, index) => ({ content, line: index + 1 }))
        .filter(({ content }) => rule.inComments || !COMMENT.test(content))
        .filter(({ content }) => rule.pattern.test(content))
        .map(({ line }) => ({ file: path, line, message: rule.message })),
    );
}

/** Longer files do more than one thing, or will soon. */
export function oversizedFiles(files: readonly SourceFile[]): Violation[] {
  return files
    .filter(({ path }) => CODE_FOLDER.test(path) && CODE_FILE.test(path))
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => ({
      file: path,
      line: MAX_LINES + 1,
      message: `has ${lines} lines; ${MAX_LINES} is the limit`,
    }));
}
