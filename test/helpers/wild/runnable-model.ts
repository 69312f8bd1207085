import fc from 'fast-check';
import { bpmn, callActivity, message } from '../bpmn.js';
import { renderScope } from './render-scope.js';

/** What may stand in a scope; the tags are those of `render-scope`. */
export const NODE_KINDS = [
  'user',
  'user',
  'user',
  'at-once',
  'as-job',
  'refuse',
  'external',
  'plain',
  'exclusive',
  'inclusive',
  'parallel',
  'parallel',
  'timer',
  'message',
  'signal',
  'condition',
  'throw-signal',
  'throw-escalation',
  'throw-compensation',
  'choice',
  'scope',
  'scope',
  'call',
  'receive',
] as const;

export const TRIGGERS = ['timer', 'cycle', 'message', 'signal', 'condition', 'escalation', 'error'];
export const ENDS = ['', '', 'terminate', 'error', 'escalation', 'signal', 'compensation'] as const;
export const LOOPS = ['', '', '', '', 'standard', 'before', 'parallel', 'sequential'] as const;

export interface BorderSpec {
  trigger: string;
  interrupting: boolean;
  /** Leads to this node of the scope, or to a task of its own. */
  target: number | null;
}

export interface NodeSpec {
  kind: (typeof NODE_KINDS)[number];
  /** Which earlier node leads here. */
  from: number;
  end: (typeof ENDS)[number] | null;
  loop: (typeof LOOPS)[number];
  border: BorderSpec | null;
  undone: boolean;
  inner: ScopeSpec | null;
}

export interface ScopeSpec {
  nodes: NodeSpec[];
  /** More flows, from one node to another, also back. */
  more: [number, number][];
  events: { trigger: string; interrupting: boolean; inner: ScopeSpec }[];
}

const border = fc.record({
  trigger: fc.constantFrom(...TRIGGERS),
  interrupting: fc.boolean(),
  target: fc.option(fc.nat(20), { freq: 2 }),
});

function scope(depth: number): fc.Arbitrary<ScopeSpec> {
  const inner = depth > 0 ? scope(depth - 1) : fc.constant(null);
  const node: fc.Arbitrary<NodeSpec> = fc.record({
    kind: fc.constantFrom(...NODE_KINDS),
    from: fc.nat(20),
    end: fc.option(fc.constantFrom(...ENDS), { freq: 2 }),
    loop: fc.constantFrom(...LOOPS),
    border: fc.option(border, { freq: 2 }),
    undone: fc.boolean(),
    inner,
  });
  const events =
    depth > 0
      ? fc.array(
          fc.record({
            trigger: fc.constantFrom(...TRIGGERS.filter((trigger) => trigger !== 'cycle')),
            interrupting: fc.boolean(),
            inner: scope(0),
          }),
          { maxLength: 1 },
        )
      : fc.constant<ScopeSpec['events']>([]);
  return fc.record({
    nodes: fc.array(node, { minLength: 1, maxLength: depth > 0 ? 7 : 4, size: 'max' }),
    more: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 2 }),
    events,
  });
}

const ROOTS = `${message('m', 'word')}<bpmn:signal id="sig" name="storm"/>
<bpmn:error id="err" errorCode="NO"/><bpmn:escalation id="esc" escalationCode="LATE"/>`;

/** A process that mostly obeys the rules, with another that it may call. */
export interface Runnable {
  main: string;
  called: string;
}

/**
 * Two processes of random structure, drawn so that most of them are deployed: gateways with their
 * conditions, events with their triggers, loops, nested scopes, rework, unmatched joins and all.
 */
export const runnable: fc.Arbitrary<Runnable> = fc
  .tuple(scope(2), scope(0))
  .map(([main, called]) => ({
    main: bpmn('main', renderScope(main, 'm', callActivity), ROOTS),
    called: bpmn(
      'called',
      renderScope(called, 'c', (id) => `<bpmn:task id="${id}"/>`),
      ROOTS,
    ),
  }));
