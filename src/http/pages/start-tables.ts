import { DEMO_TENANTS, DEMO_USERS } from '../../access/demo-users.js';
import { PERMISSIONS, can } from '../../access/policy.js';
import type { Principal } from '../../access/principal.js';
import type { Route } from '../route.js';
import { html } from './html.js';
import type { Html } from './html.js';
import type { Language } from './language.js';
import { PERMISSION_TEXTS } from './permission-texts.js';
import type { StartTexts } from './start-texts.js';

/** Who may do what where, asked of the policy and of the routes themselves. */
export function rightsTable(routes: readonly Route[], texts: StartTexts, language: Language): Html {
  const users = DEMO_USERS.filter(({ tenant }) => tenant === DEMO_TENANTS[0]);
  const rows = PERMISSIONS.map((permission) => {
    const own = routes.filter((route) => route.permission === permission);
    if (own.length === 0) return undefined;
    return html`<tr>
      <th scope="row">${PERMISSION_TEXTS[permission][language]}</th>
      ${users.map((user) => mark(can(user, permission), texts))}
      <td class="where">${placesOf(own).map((place) => html`<code>${place}</code> `)}</td>
    </tr>`;
  });
  return scrollable(
    texts.rightsHeading,
    html`<table class="ds-table rights" data-hover>
      <thead>
        <tr>
          <th scope="col">${texts.may}</th>
          ${users.map(({ username }) => html`<th scope="col" class="mark"><code>${username}</code></th>`)}
          <th scope="col">${texts.where}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.filter((row) => row !== undefined)}
      </tbody>
    </table>`,
  );
}

function mark(isAllowed: boolean, texts: StartTexts): Html {
  return isAllowed
    ? html`<td class="mark yes">
        <span aria-hidden="true">●</span><span class="unseen">${texts.yes}</span>
      </td>`
    : html`<td class="mark">
        <span aria-hidden="true">–</span><span class="unseen">${texts.no}</span>
      </td>`;
}

/** `/api` routes one by one; of the engine's API the resource is enough. */
function placesOf(routes: readonly Route[]): string[] {
  const places = routes.map(({ method, path }) =>
    path.startsWith('/api/') ? `${method} ${path}` : path.split('/').slice(0, 3).join('/'),
  );
  return [...new Set(places)];
}

/** Everybody who can log in, in both municipalities. */
export function usersTable(texts: StartTexts): Html {
  return scrollable(
    texts.usersHeading,
    html`<table class="ds-table users">
      ${DEMO_TENANTS.map(
        (tenant) =>
          html`<tbody>
            <tr>
              <th colspan="4" scope="rowgroup" class="tenant">
                ${texts.tenants[tenant] ?? tenant}
              </th>
            </tr>
            <tr class="heads">
              <th scope="col">${texts.login}</th>
              <th scope="col">${texts.name}</th>
              <th scope="col">${texts.role}</th>
              <th scope="col">${texts.units}</th>
            </tr>
            ${DEMO_USERS.filter((user) => user.tenant === tenant).map((user) => userRow(user, texts))}
          </tbody>`,
      )}
    </table>`,
  );
}

function userRow({ username, displayName, roles, units }: Principal, texts: StartTexts): Html {
  return html`<tr>
    <td><code>${username}</code></td>
    <td>${displayName}</td>
    <td>${roles.map((role) => texts.roles[role]).join(', ')}</td>
    <td>${units.length > 0 ? units.join(', ') : texts.allUnits}</td>
  </tr>`;
}

/** A wide table scrolls by itself, also for somebody with a keyboard. */
function scrollable(label: string, table: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${table}</div>`;
}
