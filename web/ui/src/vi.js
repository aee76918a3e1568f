// bpmn-js in Vietnamese: palette, context pad, replace menu, search, feedback.
// Keys are bpmn.io's English phrases; nobody publishes such a list, this one is ours.

const TOOLS = {
  'Activate hand tool': 'Di chuyển khung nhìn',
  'Activate lasso tool': 'Chọn nhiều phần tử',
  'Activate create/remove space tool': 'Thêm hoặc bớt khoảng trống',
  'Activate global connect tool': 'Nối hai phần tử',
  'Create start event': 'Thêm sự kiện bắt đầu',
  'Create intermediate/boundary event': 'Thêm sự kiện trung gian hoặc gắn biên',
  'Create end event': 'Thêm sự kiện kết thúc',
  'Create gateway': 'Thêm cổng',
  'Create task': 'Thêm nhiệm vụ',
  'Create data object reference': 'Thêm đối tượng dữ liệu',
  'Create data store reference': 'Thêm kho dữ liệu',
  'Create expanded sub-process': 'Thêm quy trình con mở rộng',
  'Create pool/participant': 'Thêm bên tham gia',
  'Create group': 'Thêm nhóm'
};

const CONTEXT_PAD = {
  'Add lane above': 'Thêm làn phía trên',
  'Add lane below': 'Thêm làn phía dưới',
  'Add text annotation': 'Thêm ghi chú',
  'Align elements': 'Căn thẳng các phần tử',
  'Align elements left': 'Căn theo mép trái',
  'Align elements center': 'Căn giữa theo chiều ngang',
  'Align elements right': 'Căn theo mép phải',
  'Align elements top': 'Căn theo mép trên',
  'Align elements middle': 'Căn giữa theo chiều dọc',
  'Align elements bottom': 'Căn theo mép dưới',
  'Distribute elements horizontally': 'Giãn đều theo chiều ngang',
  'Distribute elements vertically': 'Giãn đều theo chiều dọc',
  'Append compensation activity': 'Nối tiếp việc hoàn bù',
  'Append conditional intermediate catch event': 'Nối tiếp sự kiện chờ điều kiện',
  'Append end event': 'Nối tiếp sự kiện kết thúc',
  'Append gateway': 'Nối tiếp cổng',
  'Append intermediate/boundary event': 'Nối tiếp sự kiện trung gian hoặc gắn biên',
  'Append message intermediate catch event': 'Nối tiếp sự kiện chờ thông điệp',
  'Append receive task': 'Nối tiếp nhiệm vụ nhận thông điệp',
  'Append signal intermediate catch event': 'Nối tiếp sự kiện chờ tín hiệu',
  'Append task': 'Nối tiếp nhiệm vụ',
  'Append timer intermediate catch event': 'Nối tiếp sự kiện hẹn giờ',
  'Change element': 'Đổi loại phần tử',
  'Connect to other element': 'Nối tới phần tử khác',
  'Connect using association': 'Nối bằng đường liên hệ',
  'Connect using data input association': 'Nối làm dữ liệu đầu vào',
  'Delete': 'Xóa',
  'Divide into two lanes': 'Chia thành hai làn',
  'Divide into three lanes': 'Chia thành ba làn',
  'Open {element}': 'Mở {element}'
};

const MENU = {
  'Search in diagram': 'Tìm trong sơ đồ',
  'Collection': 'Tập hợp nhiều mục',
  'Participant multiplicity': 'Nhiều bên cùng vai',
  'Parallel multi-instance': 'Lặp song song',
  'Sequential multi-instance': 'Lặp lần lượt',
  'Loop': 'Lặp theo điều kiện',
  'Toggle non-interrupting': 'Đổi giữa ngắt và không ngắt'
};

const TASKS = {
  'Task': 'Nhiệm vụ',
  'User task': 'Việc của người dùng',
  'Manual task': 'Việc làm bên ngoài hệ thống',
  'Service task': 'Việc hệ thống tự làm',
  'Script task': 'Tính toán bằng biểu thức',
  'Business rule task': 'Tra bảng quyết định',
  'Send task': 'Gửi thông điệp',
  'Receive task': 'Nhận thông điệp',
  'Call activity': 'Gọi quy trình khác',
  'Transaction': 'Giao dịch',
  'Sub-process': 'Quy trình con',
  'Sub-process (collapsed)': 'Quy trình con (thu gọn)',
  'Sub-process (expanded)': 'Quy trình con (mở rộng)',
  'Event sub-process': 'Quy trình con theo sự kiện',
  'Ad-hoc sub-process': 'Quy trình con tùy chọn việc',
  'Ad-hoc sub-process (collapsed)': 'Quy trình con tùy chọn việc (thu gọn)',
  'Ad-hoc sub-process (expanded)': 'Quy trình con tùy chọn việc (mở rộng)'
};

const GATEWAYS = {
  'Exclusive gateway': 'Cổng loại trừ',
  'Parallel gateway': 'Cổng song song',
  'Inclusive gateway': 'Cổng bao gồm',
  'Complex gateway': 'Cổng phức hợp',
  'Event-based gateway': 'Cổng theo sự kiện',
  'Event based instantiating Gateway': 'Cổng theo sự kiện, mở hồ sơ mới',
  'Parallel Event based instantiating Gateway': 'Cổng theo nhiều sự kiện, mở hồ sơ mới'
};

const EVENTS = {
  'Start event': 'Sự kiện bắt đầu',
  'Message start event': 'Bắt đầu khi có thông điệp',
  'Timer start event': 'Bắt đầu theo hẹn giờ',
  'Conditional start event': 'Bắt đầu khi đủ điều kiện',
  'Signal start event': 'Bắt đầu khi có tín hiệu',
  'Error start event': 'Bắt đầu khi có lỗi',
  'Escalation start event': 'Bắt đầu khi báo cấp trên',
  'Compensation start event': 'Bắt đầu khi hoàn bù',
  'Message start event (non-interrupting)': 'Bắt đầu khi có thông điệp (không ngắt)',
  'Timer start event (non-interrupting)': 'Bắt đầu theo hẹn giờ (không ngắt)',
  'Conditional start event (non-interrupting)': 'Bắt đầu khi đủ điều kiện (không ngắt)',
  'Signal start event (non-interrupting)': 'Bắt đầu khi có tín hiệu (không ngắt)',
  'Escalation start event (non-interrupting)': 'Bắt đầu khi báo cấp trên (không ngắt)',
  'Intermediate throw event': 'Sự kiện trung gian',
  'Message intermediate catch event': 'Chờ thông điệp',
  'Message intermediate throw event': 'Phát thông điệp',
  'Timer intermediate catch event': 'Chờ đến giờ hẹn',
  'Escalation intermediate throw event': 'Báo cấp trên',
  'Conditional intermediate catch event': 'Chờ đủ điều kiện',
  'Link intermediate catch event': 'Nối từ nơi khác đến',
  'Link intermediate throw event': 'Nối sang nơi khác',
  'Compensation intermediate throw event': 'Yêu cầu hoàn bù',
  'Signal intermediate catch event': 'Chờ tín hiệu',
  'Signal intermediate throw event': 'Phát tín hiệu',
  'End event': 'Sự kiện kết thúc',
  'Message end event': 'Kết thúc và phát thông điệp',
  'Escalation end event': 'Kết thúc và báo cấp trên',
  'Error end event': 'Kết thúc và báo lỗi',
  'Cancel end event': 'Kết thúc và hủy giao dịch',
  'Compensation end event': 'Kết thúc và hoàn bù',
  'Signal end event': 'Kết thúc và phát tín hiệu',
  'Terminate end event': 'Dừng toàn bộ quy trình',
  'Boundary event': 'Sự kiện gắn biên',
  'Message boundary event': 'Gắn biên: có thông điệp',
  'Timer boundary event': 'Gắn biên: đến giờ hẹn',
  'Escalation boundary event': 'Gắn biên: báo cấp trên',
  'Conditional boundary event': 'Gắn biên: đủ điều kiện',
  'Error boundary event': 'Gắn biên: có lỗi',
  'Cancel boundary event': 'Gắn biên: hủy giao dịch',
  'Signal boundary event': 'Gắn biên: có tín hiệu',
  'Compensation boundary event': 'Gắn biên: hoàn bù',
  'Message boundary event (non-interrupting)': 'Gắn biên: có thông điệp (không ngắt)',
  'Timer boundary event (non-interrupting)': 'Gắn biên: đến giờ hẹn (không ngắt)',
  'Escalation boundary event (non-interrupting)': 'Gắn biên: báo cấp trên (không ngắt)',
  'Conditional boundary event (non-interrupting)': 'Gắn biên: đủ điều kiện (không ngắt)',
  'Signal boundary event (non-interrupting)': 'Gắn biên: có tín hiệu (không ngắt)'
};

const REST = {
  'Sequence flow': 'Luồng nối tiếp',
  'Default flow': 'Luồng mặc định',
  'Conditional flow': 'Luồng có điều kiện',
  'Data object reference': 'Đối tượng dữ liệu',
  'Data store reference': 'Kho dữ liệu',
  'Empty pool/participant': 'Bên tham gia (không vẽ bên trong)',
  'Empty pool/participant (removes content)': 'Bên tham gia (bỏ phần vẽ bên trong)',
  'Expanded pool/participant': 'Bên tham gia (vẽ bên trong)',
  'flow elements must be children of pools/participants': 'Phần tử phải nằm trong một bên tham gia.',
  'Data object must be placed within a pool/participant.': 'Đối tượng dữ liệu phải nằm trong một bên tham gia.'
};

export const DRAWING_WORDS = { ...TOOLS, ...CONTEXT_PAD, ...MENU, ...TASKS, ...GATEWAYS, ...EVENTS, ...REST };
