// Luật không trả lời: a timer attached to the task that, when it is due, takes the answer as given.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { eventDefinition, makeExpression, own } from './fields.js';

const TIMER = 'bpmn:TimerEventDefinition';
const ADD = 'bangiao.silence.add';
const REMOVE = 'bangiao.silence.remove';
const EDGE_PX = 25;

export function silenceFields(element) {
  if (!is(element, 'bpmn:UserTask')) return [];
  const rule = ruleOf(element);
  const isOn = {
    id: 'silence', label: 'No answer in time counts as no objection', kind: 'check',
    hint: 'Draws a timer on the task; when it is due the task is cancelled and the process goes on',
    read: it => Boolean(ruleOf(it)), write: (value, task, { commandStack }) => commandStack.execute(value ? ADD : REMOVE, { task })
  };
  if (!rule) return [ isOn ];
  return [ isOn, {
    id: 'silence-date', label: 'Due for the answer (expression)', kind: 'text', code: true,
    hint: 'None never fires: the rule is then off for the case',
    read: () => bodyOf(rule), write: (value, _, services) => setBody(rule, value, services)
  } ];
}

/** The interrupting timer on the task's edge. */
function ruleOf(task) {
  return (task.attachers || []).find(event => eventDefinition(event, TIMER) && own(event).cancelActivity !== false);
}

function bodyOf(event) {
  const timer = eventDefinition(event, TIMER);
  return (timer.timeDate || timer.timeDuration || timer.timeCycle)?.body ?? '';
}

function setBody(event, body, { modeling, bpmnFactory }) {
  const timer = eventDefinition(event, TIMER);
  modeling.updateModdleProperties(event, timer, {
    timeDuration: undefined, timeCycle: undefined, timeDate: makeExpression(bpmnFactory, timer, body)
  });
}

/**
 * Commands that draw and erase the rule, each one step of undo. The event stands on the task's lower edge,
 * its flow goes where the task's own goes.
 */
class AddSilenceRule {
  static $inject = [ 'modeling', 'bpmnFactory', 'translate' ];

  constructor(modeling, bpmnFactory, translate) {
    Object.assign(this, { modeling, bpmnFactory, translate });
  }

  preExecute({ task }) {
    const { modeling, bpmnFactory, translate } = this;
    const event = modeling.createShape(
      { type: 'bpmn:BoundaryEvent', eventDefinitionType: TIMER },
      { x: task.x + task.width - EDGE_PX, y: task.y + task.height }, task, { attach: true }
    );
    modeling.updateProperties(event, { name: translate('Silence rule'), cancelActivity: true });
    setBody(event, 'working_days(5)', { modeling, bpmnFactory });
    const next = task.outgoing.find(flow => is(flow, 'bpmn:SequenceFlow'))?.target;
    if (next) modeling.connect(event, next);
    modeling.updateProperties(task, {});        // the panel looks again
  }
}

class RemoveSilenceRule {
  static $inject = [ 'modeling' ];

  constructor(modeling) {
    this.modeling = modeling;
  }

  preExecute({ task }) {
    this.modeling.removeElements([ ruleOf(task) ]);
    this.modeling.updateProperties(task, {});
  }
}

class SilenceCommands {
  static $inject = [ 'commandStack' ];

  constructor(commandStack) {
    commandStack.registerHandler(ADD, AddSilenceRule);
    commandStack.registerHandler(REMOVE, RemoveSilenceRule);
  }
}

export const SilenceModule = { __init__: [ 'silenceCommands' ], silenceCommands: [ 'type', SilenceCommands ] };
