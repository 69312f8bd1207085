import { expect } from 'chai';
import { importCycles, unlistedMigrations } from './architecture/imports.js';
import { unlockedPackages } from './architecture/lock-file.js';
import { engineViolations, roomViolations } from './architecture/rooms.js';
import { trackedFiles, type Violation } from './architecture/source-tree.js';
import { oversizedFiles, TEXT_RULES, textViolations } from './architecture/text-rules.js';

function expectNone(violations: readonly Violation[]): void {
  const places = violations.map(({ file, line, message }) => `\n  ${file}:${line} ${message}`);
  expect(violations, places.join('')).to.have.lengthOf(0);
}

describe('the repository', () => {
  const files = trackedFiles();
  const sources = files.filter(({ path }) => /^src\/.*\.ts$/.test(path));

  it('is read', () => {
    expect(sources).to.not.be.empty;
  });

  it('keeps its rooms in one order', () => expectNone(roomViolations(files)));

  it('lets one room know the engine', () => expectNone(engineViolations(files)));

  it('has no import cycle', () => expectNone(importCycles(sources)));

  it('has no file over 250 lines', () => expectNone(oversizedFiles(files)));

  it('runs every migration', () => expectNone(unlistedMigrations(files)));

  it('locks every package', () => {
    const lock = files.find(({ path }) => path === 'package-lock.json');
    expectNone(unlockedPackages(lock!));
  });

  for (const rule of TEXT_RULES) {
    it(rule.title, () => expectNone(textViolations(rule, files)));
  }
});
