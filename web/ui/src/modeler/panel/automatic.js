// Xử lý tự động: which handler does the step, what it is given, where its answer goes; scripts.
import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';

import { attribute } from './fields.js';

const AUTOMATIC = [ 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask' ];

/** `known.topics`: the handlers there are, `known.decisions`: the decision tables; without them the name is typed. */
export function automaticFields(element, known) {
  if (is(element, 'bpmn:ScriptTask')) {
    return [ attribute('script', 'Script', {
      kind: 'area', code: true, hint: 'Assignments and if, one a line; for example: total = price * count'
    }) ];
  }
  if (!isAny(element, AUTOMATIC)) return [];
  const result = attribute('bangiao:result', 'Keep the result in the variable', { code: true });
  if (is(element, 'bpmn:BusinessRuleTask')) {
    return [ named('bangiao:decision', 'Decision table (ID)', known.decisions), result ];
  }
  return [
    named('bangiao:topic', 'Topic (handler)', known.topics),
    attribute('bangiao:payload', 'Handed to the handler (expression)', {
      kind: 'area', code: true, hint: 'A mapping, for example: {"to": lead, "subject": title}'
    }),
    result,
    attribute('bangiao:retries', 'Tries after a failure', { code: true })
  ];
}

function named(property, label, names = []) {
  if (!names.length) return attribute(property, label, { code: true });
  const options = [ { value: '', label: 'Not chosen' }, ...names.map(name => ({ value: name, label: name })) ];
  return attribute(property, label, { kind: 'select', options });
}
