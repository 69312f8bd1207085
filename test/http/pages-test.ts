import { expect } from 'chai';
import { errorPage } from '../../src/http/pages/error-page.js';
import { html } from '../../src/http/pages/html.js';
import { tryItSteps } from '../../src/http/pages/try-it.js';
import { problemOf } from '../../src/http/problem.js';
import { UnavailableError } from '../../src/kernel/errors.js';

describe('html', () => {
  it('escapes whatever is not HTML itself', () => {
    const name = `<b>"O'Neill" & co</b>`;
    expect(html`<p title="${name}">${html`<i>${1}</i>`}</p>`.source).to.equal(
      '<p title="&#60;b&#62;&#34;O&#39;Neill&#34; &#38; co&#60;/b&#62;"><i>1</i></p>',
    );
  });

  it('joins lists and leaves out what is not there', () => {
    const items = ['a', 'b'].map((text) => html`<li>${text}</li>`);
    const list = html`<ul>
      ${items}${undefined}${false}
    </ul>`;
    expect(list.source.replace(/\s+/g, '')).to.equal('<ul><li>a</li><li>b</li></ul>');
  });
});

describe('the page of a problem', () => {
  it('is in the language asked for, and names the request', () => {
    const problem = { ...problemOf(new UnavailableError('a', 'A.')), requestId: 'abc-1' };
    expect(errorPage(problem, undefined)).to.contain('nede et øyeblikk').and.contain('abc-1');
    expect(errorPage(problem, 'en')).to.contain('down for a moment');
  });

  it('has words for what it has no words for', () => {
    const other = { ...problemOf(new Error()), status: 418 };
    expect(errorPage(other, 'en')).to.contain('cannot be read');
    expect(errorPage({ ...other, status: 599 }, 'en')).to.contain('went wrong on our side');
  });
});

describe('the steps to try', () => {
  it('are the same commands in both languages', () => {
    const commands = (language: 'nb' | 'en') =>
      tryItSteps('http://localhost:3000', language).map(({ command }) => command);
    expect(commands('nb')).to.deep.equal(commands('en'));
    expect(commands('nb')).to.have.lengthOf(6);
    expect(commands('nb').every((command) => command.includes('curl -s -u '))).to.equal(true);
  });
});
