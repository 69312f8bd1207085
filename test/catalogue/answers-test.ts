import { expect } from 'chai';
import { sortAnswers } from '../../src/catalogue/answers.js';
import { checkForm } from '../../src/catalogue/check-form.js';
import type { FormComponent } from '../../src/catalogue/form.js';
import { InvalidError } from '../../src/kernel/errors.js';
import type { JsonObject } from '../../src/kernel/json.js';

const options = [
  { label: 'Ødelagt', value: 'broken' },
  { label: 'Ny', value: 'new' },
];

const components: FormComponent[] = [
  { type: 'text', label: 'Help' },
  { type: 'radio', key: 'reason', values: options, validate: { required: true } },
  { type: 'number', key: 'litres', validate: { min: 80, max: 660 } },
  { type: 'checklist', key: 'extras', values: options },
  { type: 'checkbox', key: 'urgent' },
  { type: 'datetime', key: 'from', subtype: 'date' },
  { type: 'datetime', key: 'at', subtype: 'time' },
  { type: 'textfield', key: 'code', validate: { minLength: 2, maxLength: 5, pattern: '^[A-Z]+$' } },
  { type: 'textarea', key: 'note' },
  {
    type: 'group',
    label: 'Owner',
    components: [
      {
        type: 'textfield',
        key: 'owner',
        properties: { personal: 'true' },
        validate: { validationType: 'email' },
      },
    ],
  },
];

describe('the answers to a form', () => {
  const sort = (answers: JsonObject, partial = false) =>
    sortAnswers({ components }, answers, { partial });
  const reasons = (answers: JsonObject) => {
    try {
      sort(answers);
    } catch (error) {
      expect(error).to.be.instanceOf(InvalidError);
      return Object.fromEntries(
        (error as InvalidError).details.map(({ path, reason }) => [path, reason]),
      );
    }
    return {};
  };

  it('are sorted into what may be a variable and what is case content', () => {
    const answers = {
      reason: 'broken',
      litres: 140,
      extras: ['new'],
      urgent: false,
      from: '2026-03-02',
      at: '09:30',
      code: 'ABC',
      note: 'Naboen Ola vet mer',
      owner: 'ola@example.no',
    };
    const { note, owner, ...open } = answers;
    expect(sort(answers)).to.deep.equal({ open, personal: { note, owner } });
  });

  it('may leave out what is not required, in any way of leaving out', () => {
    const blank = { litres: null, code: '  ', note: '' };
    expect(sort({ reason: 'new', ...blank })).to.deep.equal({
      open: { reason: 'new' },
      personal: {},
    });
    expect(reasons(blank)).to.deep.equal({ reason: 'is required' });
    expect(sort({}, true)).to.deep.equal({ open: {}, personal: {} });
  });

  it('may say that none of the options holds, unless one must', () => {
    expect(sort({ reason: 'new', extras: [] }).open).to.deep.equal({ reason: 'new', extras: [] });
    const required: FormComponent[] = [
      { type: 'checklist', key: 'extras', values: options, validate: { required: true } },
    ];
    expect(() => sortAnswers({ components: required }, { extras: [] })).to.throw(InvalidError);
    expect(sortAnswers({ components: required }, {}, { partial: true }).open).to.be.empty;
  });

  it('are refused with every reason at once, and no reason repeats an answer', () => {
    const found = reasons({
      reason: 'SECRET',
      litres: 'many',
      extras: ['new', 'SECRET', 'SECRET'],
      urgent: 'yes',
      from: '2026-02-30',
      at: '25:00',
      code: 'S',
      note: 17,
      owner: 'SECRET',
      unknown: 'SECRET',
    });
    expect(Object.keys(found)).to.have.members([
      'reason',
      'litres',
      'extras',
      'urgent',
      'from',
      'at',
      'code',
      'note',
      'owner',
      'unknown',
    ]);
    expect(JSON.stringify(found)).to.not.include('SECRET');
    expect(found['unknown']).to.equal('is not a field of this form');
  });

  it('keep to the limits', () => {
    expect(reasons({ reason: 'new', litres: 79, code: 'ABCDEF' })).to.deep.equal({
      litres: 'must be at least 80',
      code: 'is longer than 5 characters',
    });
    expect(reasons({ reason: 'new', litres: 661, code: 'ab' })).to.deep.equal({
      litres: 'must be at most 660',
      code: 'is not written as it should be',
    });
    expect(reasons({ reason: 'new', note: 'x'.repeat(20_001) })).to.have.property('note');
  });

  it('need none in fields that are hidden or locked', () => {
    const hiding: FormComponent[] = [
      { type: 'checkbox', key: 'other' },
      {
        type: 'textfield',
        key: 'which',
        validate: { required: true },
        conditional: { hide: '=not(other)' },
      },
      { type: 'textfield', key: 'shown', disabled: true, validate: { required: true } },
    ];
    const form = { components: hiding };
    const none = { open: { other: false }, personal: {} };
    expect(sortAnswers(form, { other: false, which: 'x', shown: 'y' })).to.deep.equal(none);
    expect(() => sortAnswers(form, { other: true })).to.throw(InvalidError);
    expect(() => sortAnswers(form, {}, { scope: { other: true } })).to.throw(InvalidError);
  });
});

describe('a form', () => {
  it('is fine as the modeller saves it', () => {
    expect(checkForm({ id: 'bin-order', schemaVersion: 18, components })).to.deep.equal([]);
  });

  it('is refused with everything that could not be filled in', () => {
    const found = checkForm({
      id: 'broken',
      components: [
        { type: 'filepicker', key: 'file' },
        { type: 'textfield', key: 'a.b' },
        { type: 'select', key: 'empty' },
        { type: 'textfield', key: 'regex', validate: { pattern: '(' } },
        { type: 'textfield', key: 'twice' },
        { type: 'group', components: [{ type: 'number', key: 'twice' }] },
      ],
    });
    expect(found.map(({ path }) => path)).to.have.members([
      'file',
      'a.b',
      'empty',
      'regex',
      'twice',
    ]);
    expect(checkForm(undefined)).to.not.be.empty;
    expect(checkForm({ id: 'x', components: 'none' })).to.not.be.empty;
  });
});
