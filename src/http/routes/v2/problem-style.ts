import type { Problem } from '../../problem.js';

/** What clients of this API look for in `title`. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'INVALID_STATE',
};

/**
 * A problem as Camunda words it. Its clients and its modeler show no more than `detail`, so the
 * reasons stand there too; and they try again on their own what is titled RESOURCE_EXHAUSTED.
 */
export function camundaProblem(problem: Problem): Problem {
  const { status, code, detail, errors = [] } = problem;
  const title = code === 'database_busy' ? 'RESOURCE_EXHAUSTED' : (TITLES[status] ?? problem.title);
  const reasons = errors.map(({ path, elementId, elementName, reason }) => {
    const where = [path, elementId, elementName && `"${elementName}"`].filter(Boolean).join(' ');
    return `- ${where ? `${where}: ` : ''}${reason}`;
  });
  return { ...problem, title, detail: [detail, ...reasons].join('\n') };
}
