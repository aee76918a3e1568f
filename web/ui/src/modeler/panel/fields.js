// A field of the panel as plain values: what it is called, how it is read, how it is written.
//
// Field: { id, label, hint?, kind: 'text' | 'area' | 'select' | 'check', options?, validate?,
//          read(element) -> string | boolean, write(value, element, services) }
// services: { modeling, bpmnFactory, commandStack }

/** The drawn element's own moddle element; for a pool the process inside it. */
export const own = element => element.businessObject;

/** An attribute of `owner(element)`; empty text removes it. */
export function attribute(property, label, { owner = own, kind = 'text', ...rest } = {}) {
  return {
    id: property, label, kind, ...rest,
    read: element => owner(element)?.get(property) ?? (kind === 'check' ? false : ''),
    write: (value, element, { modeling }) => {
      const properties = { [property]: value === '' ? undefined : value };
      if (owner === own) modeling.updateProperties(element, properties);
      else modeling.updateModdleProperties(element, owner(element), properties);
    }
  };
}

/** A child expression (`conditionExpression`, `loopCardinality`, …) of `owner(element)`; empty text removes it. */
export function expression(property, label, { owner = own, ...rest } = {}) {
  return {
    id: property, label, kind: 'text', ...rest,
    read: element => owner(element)?.get(property)?.body ?? '',
    write: (value, element, { modeling, bpmnFactory }) => {
      const holder = owner(element);
      modeling.updateModdleProperties(element, holder, {
        [property]: value ? makeExpression(bpmnFactory, holder, value) : undefined
      });
    }
  };
}

export function makeExpression(bpmnFactory, holder, body) {
  const made = bpmnFactory.create('bpmn:FormalExpression', { body });
  made.$parent = holder;
  return made;
}

/** `documentation`: the first text of the element. */
export function documentation(label, hint) {
  return {
    id: 'documentation', label, hint, kind: 'area',
    read: element => own(element).get('documentation')[0]?.text ?? '',
    write: (value, element, { modeling, bpmnFactory }) => {
      const texts = value ? [ bpmnFactory.create('bpmn:Documentation', { text: value }) ] : [];
      texts.forEach(text => { text.$parent = own(element); });
      modeling.updateProperties(element, { documentation: texts });
    }
  };
}

/** The event definition of this type on an event, or undefined. */
export function eventDefinition(element, type) {
  return own(element).get?.('eventDefinitions')?.find(definition => definition.$type === type);
}
