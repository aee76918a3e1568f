// Thông điệp, tín hiệu, lỗi, báo cấp trên: root elements of the file, chosen by writing their name.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { attribute, eventDefinition, own } from './fields.js';

const KINDS = [
  { definition: 'bpmn:MessageEventDefinition', root: 'bpmn:Message', ref: 'messageRef', label: 'Message (name)' },
  { definition: 'bpmn:SignalEventDefinition', root: 'bpmn:Signal', ref: 'signalRef', label: 'Signal (name)' },
  { definition: 'bpmn:ErrorEventDefinition', root: 'bpmn:Error', ref: 'errorRef', label: 'Error (name)', code: 'errorCode' },
  {
    definition: 'bpmn:EscalationEventDefinition', root: 'bpmn:Escalation', ref: 'escalationRef',
    label: 'Escalation (name)', code: 'escalationCode'
  }
];

export function referenceFields(element) {
  if (is(element, 'bpmn:SendTask') || is(element, 'bpmn:ReceiveTask')) return fieldsOf(element, own, KINDS[0]);
  if (eventDefinition(element, 'bpmn:LinkEventDefinition')) {
    return [ attribute('name', 'Link (name)', { owner: it => eventDefinition(it, 'bpmn:LinkEventDefinition') }) ]
      .map(field => ({ ...field, id: 'link-name' }));
  }
  const kind = KINDS.find(({ definition }) => eventDefinition(element, definition));
  return kind ? [ ...fieldsOf(element, it => eventDefinition(it, kind.definition), kind), ...payloadFields(element, kind) ] : [];
}

function payloadFields(element, { root }) {
  if (!is(element, 'bpmn:ThrowEvent') || ![ 'bpmn:Message', 'bpmn:Signal' ].includes(root)) return [];
  return [ attribute('bangiao:payload', 'Sent along (expression)', {
    kind: 'area', code: true, hint: 'A mapping; the receiver gets its values as variables'
  }) ];
}

function fieldsOf(element, owner, { root, ref, label, code }) {
  const referred = it => owner(it)?.get(ref);
  const name = {
    id: ref, label, kind: 'text', read: it => referred(it)?.name ?? '',
    hint: root === 'bpmn:Message' ? 'Sender and receiver write the same name' : undefined,
    write: (value, it, services) => refer(it, owner(it), root, ref, value, services)
  };
  if (!referred(element)) return [ name ];
  const more = root === 'bpmn:Message'
    ? [ attribute('bangiao:correlation', 'Correlation (expression)', {
      owner: correlated(owner, referred), code: true, hint: 'Says which case the message is for, for example: business_key'
    }) ]
    : code ? [ attribute(code, 'Code', { owner: referred, code: true }) ] : [];
  return [ name, ...more ];
}

/** The correlation may stand on the event or task, on its definition, or on the message; a new one goes to the message. */
function correlated(owner, referred) {
  return element => [ owner, own, referred ].map(find => find(element))
    .find(holder => holder?.get('bangiao:correlation') !== undefined) || referred(element);
}

/**
 * Make `holder[ref]` the root element called `name`: one that is there, else the present one renamed when
 * nothing else refers to it, else a new one. One step of undo.
 */
function refer(element, holder, type, ref, name, { bpmnFactory, commandStack, elementRegistry }) {
  const definitions = definitionsOf(own(element));
  const present = holder.get(ref);
  const namesake = definitions.get('rootElements').find(root => root.$type === type && root.name === name);
  const isShared = present && referrers(elementRegistry, ref, present).some(other => other !== holder);
  const change = (moddleElement, properties) => ({
    cmd: 'element.updateModdleProperties', context: { element, moddleElement, properties }
  });

  const roots = definitions.get('rootElements').filter(root => isShared || root !== present);
  if (!name || namesake) {
    return execute(commandStack, [ change(holder, { [ref]: namesake }),
      ...(present && !isShared && present !== namesake ? [ change(definitions, { rootElements: roots }) ] : []) ]);
  }
  if (present && !isShared) return execute(commandStack, [ change(present, { name }) ]);
  const made = bpmnFactory.create(type, { name });
  made.$parent = definitions;
  return execute(commandStack, [
    change(definitions, { rootElements: [ ...definitions.get('rootElements'), made ] }), change(holder, { [ref]: made })
  ]);
}

function execute(commandStack, commands) {
  commandStack.execute('properties-panel.multi-command-executor', commands);
}

function definitionsOf(moddleElement) {
  return is(moddleElement, 'bpmn:Definitions') ? moddleElement : definitionsOf(moddleElement.$parent);
}

function referrers(elementRegistry, ref, root) {
  return elementRegistry.getAll().flatMap(({ businessObject }) => [
    businessObject, ...(businessObject?.eventDefinitions || [])
  ]).filter(holder => holder?.[ref] === root);
}
