// Điều kiện: when a flow is taken, and which one is taken when no other is.
import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';

import { attribute, eventDefinition, expression, own } from './fields.js';

const CHOOSING = [ 'bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway', 'bpmn:Activity' ];

export function conditionFields(element) {
  if (eventDefinition(element, 'bpmn:ConditionalEventDefinition')) {
    return [ expression('condition', 'Condition (expression)', {
      owner: it => eventDefinition(it, 'bpmn:ConditionalEventDefinition'), code: true
    }) ];
  }
  if (is(element, 'bpmn:ComplexGateway')) {
    return [ expression('activationCondition', 'Goes on when (expression)', { code: true }) ];
  }
  if (!is(element, 'bpmn:SequenceFlow') || !isAny(element.source, CHOOSING)) return [];
  const isDefault = defaultFlow();
  if (isDefault.read(element)) return [ isDefault ];
  return [
    expression('conditionExpression', 'Condition (expression)', { code: true, hint: 'For example: decision == "approve" and total > 0' }),
    isDefault
  ];
}

function defaultFlow() {
  return {
    id: 'default', label: 'Default flow', kind: 'check', hint: 'Taken when no other condition holds',
    read: element => own(element.source).get('default') === own(element),
    write: (value, element, { modeling }) =>
      modeling.updateProperties(element.source, { default: value ? own(element) : undefined })
  };
}

/** Whether an attached or inner event stops what is going on. */
export function interruptionFields(element) {
  if (is(element, 'bpmn:BoundaryEvent') && !eventDefinition(element, 'bpmn:CompensateEventDefinition')) {
    return [ attribute('cancelActivity', 'Stops the step it is attached to', { kind: 'check' }) ];
  }
  if (is(element, 'bpmn:StartEvent') && own(element).$parent?.triggeredByEvent) {
    return [ attribute('isInterrupting', 'Stops the process around it', { kind: 'check' }) ];
  }
  return [];
}
