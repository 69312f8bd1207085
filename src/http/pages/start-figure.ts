import { html } from './html.js';
import type { Html } from './html.js';
import type { StartTexts } from './start-texts.js';

/** The core of every service's process as a BPMN drawing: route, handle, mind the deadline. */
export function startFigure(texts: StartTexts['figure']): Html {
  return html`<svg
    class="figure"
    viewBox="-14 44 700 196"
    role="img"
    aria-labelledby="figure-title"
  >
    <title id="figure-title">${texts.title}</title>
    <defs>
      <marker
        id="arrow"
        viewBox="0 0 10 10"
        refX="9"
        refY="5"
        markerWidth="7"
        markerHeight="7"
        orient="auto"
      >
        <path class="head" d="M0 0l10 5-10 5z" />
      </marker>
    </defs>
    <g class="flows" aria-hidden="true">
      <path d="M76 90h62" />
      <path d="M290 90h66" />
      <path d="M508 90h108" />
      <path d="M432 150v48h76" class="late" />
    </g>
    <g aria-hidden="true">
      <circle class="event start" cx="54" cy="90" r="22" />
      <path class="icon" d="M43 83h22v15h-22zm0 0l11 8 11-8" />
      <text x="54" y="136">${texts.start}</text>
      <rect class="task system" x="140" y="56" width="150" height="68" rx="10" />
      <path class="icon" d="M154 68h18M154 74h18M154 80h10" />
      <text x="215" y="105">${texts.route}</text>
      <rect class="task person" x="358" y="56" width="150" height="68" rx="10" />
      <circle class="icon" cx="378" cy="70" r="4" />
      <path class="icon" d="M369 84c0-10 18-10 18 0z" />
      <text x="433" y="101">${texts.handle}</text>
      <circle class="event timer" cx="432" cy="126" r="19" />
      <circle class="icon" cx="432" cy="126" r="13" />
      <path class="icon" d="M432 118v9l6 4" />
      <text x="402" y="166" class="end">${texts.deadline}</text>
      <rect class="task alarm" x="510" y="166" width="130" height="62" rx="10" />
      <text x="575" y="202">${texts.escalate}</text>
      <circle class="event done" cx="640" cy="90" r="21" />
      <text x="640" y="136">${texts.end}</text>
    </g>
  </svg>`;
}
