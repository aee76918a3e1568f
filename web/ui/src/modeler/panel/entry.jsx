// Draws one field (see fields.js) with the panel's own inputs.
import {
  CheckboxEntry, SelectEntry, TextAreaEntry, TextFieldEntry,
  isCheckboxEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited
} from '@bpmn-io/properties-panel';
import { useService } from 'bpmn-js-properties-panel';

const INPUTS = {
  text: { Input: TextFieldEntry, isEdited: isTextFieldEntryEdited },
  area: { Input: TextAreaEntry, isEdited: isTextAreaEntryEdited },
  select: { Input: SelectEntry, isEdited: isSelectEntryEdited },
  check: { Input: CheckboxEntry, isEdited: isCheckboxEntryEdited }
};

/** The panel's entry for `field`; `prefix` keeps ids apart where two groups have a field of one name. */
export function entryOf(field, prefix) {
  return { id: `${prefix}-${field.id.replace(':', '-')}`, component: FieldEntry, field, isEdited: INPUTS[field.kind].isEdited };
}

function FieldEntry({ element, id, field }) {
  const translate = useService('translate');
  const debounce = useService('debounceInput');
  const services = {
    modeling: useService('modeling'), bpmnFactory: useService('bpmnFactory'), commandStack: useService('commandStack'),
    elementRegistry: useService('elementRegistry'), translate
  };
  const { Input } = INPUTS[field.kind];
  return <Input
    id={ id } element={ element } debounce={ debounce }
    label={ translate(field.label) }
    description={ field.hint && translate(field.hint) }
    getValue={ () => valueOf(field, element) }
    setValue={ (value, error) => error || field.write(value ?? '', element, services) }
    getOptions={ () => optionsOf(field, element, translate) }
    validate={ field.validate && (value => field.validate(value, element, translate)) }
    autoResize={ true } rows={ 2 }
    monospace={ Boolean(field.code) }
  />;
}

/** The panel takes an empty text for undefined; anything else it would write back on leaving the field. */
function valueOf({ kind, read }, element) {
  const value = read(element);
  return kind === 'text' || kind === 'area' ? value || undefined : value;
}

/** What is chosen already stays choosable, also when it is none of the known values. */
function optionsOf({ options = [], read }, element, translate) {
  const known = options.map(({ value, label }) => ({ value, label: translate(label) }));
  const chosen = read(element);
  return known.some(({ value }) => value === chosen) ? known : [ ...known, { value: chosen, label: chosen } ];
}
