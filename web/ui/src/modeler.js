import Modeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule, useService } from 'bpmn-js-properties-panel';
import { TextFieldEntry } from '@bpmn-io/properties-panel';
window.V=[Modeler,BpmnPropertiesPanelModule,useService,TextFieldEntry];
