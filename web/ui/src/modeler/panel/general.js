// Chung: name, id, what it is for; for a process also whether it runs and who may start it.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { attribute, documentation, own } from './fields.js';

const XML_NAME = /^[A-Za-z_][\w.-]*$/;

export function generalFields(element) {
  if (is(element, 'bpmn:Collaboration')) return [ idField() ];
  if (is(element, 'bpmn:Participant')) {
    const process = () => own(element).processRef;
    return [ nameField(), idField(), ...(process() ? processFields(process) : []) ];
  }
  if (is(element, 'bpmn:Process')) return [ nameField(), idField(), ...processFields(own), documentation('Notes') ];
  if (is(element, 'bpmn:TextAnnotation')) return [ attribute('text', 'Text', { kind: 'area' }), idField() ];
  return [ nameField(), idField(), documentation('Guidance', 'Shown to the person who does this step') ];
}

function nameField() {
  return attribute('name', 'Name', { kind: 'area' });
}

function idField() {
  return attribute('id', 'ID', { code: true, validate: faultOfId });
}

function processFields(owner) {
  const apart = owner === own ? [] : [ attribute('id', 'Process ID', { owner, code: true }) ];
  return [
    ...apart.map(field => ({ ...field, id: 'process-id' })),
    attribute('isExecutable', 'Executable', { owner, kind: 'check' }),
    attribute('bangiao:description', 'Description', { owner, kind: 'area' }),
    attribute('bangiao:candidateStarters', 'Who may start it', {
      owner, hint: 'Roles, separated by commas; empty: everybody'
    })
  ];
}

function faultOfId(value, element, translate) {
  if (!value) return translate('An ID is needed.');
  if (!XML_NAME.test(value)) return translate('Letters without accents, digits, _ - and . only; begins with a letter.');
  const holder = own(element).$model.ids.assigned(value);
  return holder && holder !== own(element) ? translate('This ID is taken.') : null;
}
