// Lặp nhiều lần: once a unit, once a row, or again until a condition holds.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { attribute, expression, own } from './fields.js';

const MULTI = 'bpmn:MultiInstanceLoopCharacteristics';
const LOOP = 'bpmn:StandardLoopCharacteristics';
const KINDS = [
  { value: '', label: 'Once' },
  { value: 'parallel', label: 'For every item, all at the same time' },
  { value: 'sequential', label: 'For every item, one after the other' },
  { value: 'loop', label: 'Again while a condition holds' }
];

export function repetitionFields(element) {
  if (!is(element, 'bpmn:Activity')) return [];
  const kind = kindOf(element);
  const owner = it => own(it).get('loopCharacteristics');
  const choice = { id: 'repetition', label: 'How often', kind: 'select', options: KINDS, read: kindOf, write: choose };
  if (!kind) return [ choice ];
  if (kind === 'loop') {
    return [ choice,
      expression('loopCondition', 'Again while (expression)', { owner, code: true }),
      attribute('testBefore', 'Ask before the first time', { owner, kind: 'check' }),
      numberField('loopMaximum', 'At most how often', owner)
    ];
  }
  return [ choice,
    attribute('bangiao:collection', 'For every item of (expression)', { owner, code: true, hint: 'For example: coordinating' }),
    attribute('bangiao:elementVariable', 'The item is called', { owner, code: true }),
    expression('loopCardinality', 'Or how many times (expression)', { owner, code: true }),
    attribute('bangiao:outputElement', 'Gather from each (expression)', { owner, code: true }),
    attribute('bangiao:outputCollection', 'Gathered in the variable', { owner, code: true }),
    expression('completionCondition', 'Enough when (expression)', { owner, code: true, hint: 'What is still open is then cancelled' })
  ];
}

function kindOf(element) {
  const loop = own(element).get('loopCharacteristics');
  if (!loop) return '';
  if (is(loop, LOOP)) return 'loop';
  return loop.get('isSequential') ? 'sequential' : 'parallel';
}

function choose(value, element, { modeling, bpmnFactory }) {
  const present = own(element).get('loopCharacteristics');
  const wanted = value === 'loop' ? LOOP : MULTI;
  if (value && present && is(present, wanted)) {
    modeling.updateModdleProperties(element, present, { isSequential: value === 'sequential' });
    return;
  }
  const made = value ? bpmnFactory.create(wanted, value === 'sequential' ? { isSequential: true } : {}) : undefined;
  if (made) made.$parent = own(element);
  modeling.updateProperties(element, { loopCharacteristics: made });
}

function numberField(property, label, owner) {
  const field = attribute(property, label, { owner, code: true });
  return {
    ...field,
    read: element => String(field.read(element)),
    write: (value, element, services) => field.write(/^\d+$/.test(value) ? Number(value) : '', element, services)
  };
}
