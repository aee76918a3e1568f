// Hẹn giờ: one of the three kinds, and its expression.
import { eventDefinition, makeExpression } from './fields.js';

const TYPE = 'bpmn:TimerEventDefinition';
const KINDS = [
  { value: '', label: 'Not chosen' },
  { value: 'timeDate', label: 'At a date or time' },
  { value: 'timeDuration', label: 'After a while' },
  { value: 'timeCycle', label: 'Again and again' }
];
const HINTS = {
  timeDate: 'A date such as 2026-03-01T17:00:00+07:00, or an expression such as before(due_date, 3)',
  timeDuration: 'P3D is three days, PT4H four hours; for working days: working_days(3) with a date',
  timeCycle: 'R3/P1D is three times, a day apart; or a cron line such as 0 8 * * 1'
};

export function timerFields(element) {
  const timer = eventDefinition(element, TYPE);
  if (!timer) return [];
  const kind = kindOf(timer);
  const write = (kindNow, body, services) => {
    const made = body || kindNow ? makeExpression(services.bpmnFactory, timer, body) : undefined;
    const cleared = { timeDate: undefined, timeDuration: undefined, timeCycle: undefined };
    services.modeling.updateModdleProperties(element, timer, kindNow ? { ...cleared, [kindNow]: made } : cleared);
  };
  return [
    {
      id: 'timer-kind', label: 'Kind', kind: 'select', options: KINDS,
      read: () => kindOf(timer), write: (value, _, services) => write(value, bodyOf(timer), services)
    },
    ...(kind ? [ {
      id: 'timer-body', label: 'When (expression)', kind: 'text', code: true, hint: HINTS[kind],
      read: () => bodyOf(timer), write: (value, _, services) => write(kind, value, services)
    } ] : [])
  ];
}

function kindOf(timer) {
  return [ 'timeDate', 'timeDuration', 'timeCycle' ].find(kind => timer.get(kind)) || '';
}

function bodyOf(timer) {
  return timer.get(kindOf(timer) || 'timeDate')?.body ?? '';
}
