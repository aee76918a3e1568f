// What the panel at the right shows for the selected element.
import { Group } from '@bpmn-io/properties-panel';

import { automaticFields } from './automatic.js';
import { callFields } from './call.js';
import { entryOf } from './entry.jsx';
import { conditionFields, interruptionFields } from './flow.js';
import { generalFields } from './general.js';
import { peopleFields } from './people.js';
import { referenceFields } from './references.js';
import { repetitionFields } from './repetition.js';
import { SilenceModule, silenceFields } from './silence.js';
import { timerFields } from './timer.js';

const GROUPS = [
  { id: 'general', label: 'General', fieldsOf: generalFields, isOpen: true },
  { id: 'people', label: 'Work of a person', fieldsOf: peopleFields, isOpen: true },
  { id: 'condition', label: 'Condition', fieldsOf: conditionFields, isOpen: true },
  { id: 'timer', label: 'Timer', fieldsOf: timerFields, isOpen: true },
  { id: 'automatic', label: 'Automatic work', fieldsOf: automaticFields, isOpen: true },
  { id: 'reference', label: 'Message, signal, error', fieldsOf: referenceFields, isOpen: true },
  { id: 'call', label: 'Called process', fieldsOf: callFields, isOpen: true },
  { id: 'interruption', label: 'Interruption', fieldsOf: interruptionFields, isOpen: true },
  { id: 'silence', label: 'Silence rule', fieldsOf: silenceFields, isOpen: false },
  { id: 'repetition', label: 'Repetition', fieldsOf: repetitionFields, isOpen: false }
];

class PanelProvider {
  static $inject = [ 'propertiesPanel', 'translate', 'config.known' ];

  constructor(propertiesPanel, translate, known) {
    this.translate = translate;
    this.known = known || {};
    propertiesPanel.registerProvider(this);
  }

  getGroups(element) {
    return groups => [ ...groups, ...GROUPS.map(group => this.groupOf(group, element)).filter(Boolean) ];
  }

  groupOf({ id, label, fieldsOf, isOpen }, element) {
    const fields = fieldsOf(element, this.known);
    if (!fields.length) return null;
    return {
      id, component: Group, label: this.translate(label), shouldOpen: isOpen,
      entries: fields.map(field => entryOf(field, id))
    };
  }
}

export const PanelProviderModule = {
  __depends__: [ SilenceModule ], __init__: [ 'panelProvider' ], panelProvider: [ 'type', PanelProvider ]
};
