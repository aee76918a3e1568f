// Our own panel and desk in Vietnamese, and the heading of the panel (types as bpmn.io writes them there).

const HEADINGS = {
  'Process': 'Quy trình',
  'Collaboration': 'Sơ đồ phối hợp',
  'Participant': 'Bên tham gia',
  'Lane': 'Làn',
  'Group': 'Nhóm',
  'Gateway': 'Cổng',
  'Text Annotation': 'Ghi chú',
  'Association': 'Đường liên hệ',
  'Message Flow': 'Luồng thông điệp',
  'Data Input Association': 'Dữ liệu vào',
  'Data Output Association': 'Dữ liệu ra',
  'Collapsed Sub Process': 'Quy trình con (thu gọn)',
  'Expanded Sub Process': 'Quy trình con (mở rộng)',
  'Collapsed Ad Hoc Sub Process': 'Quy trình con tùy chọn việc (thu gọn)',
  'Expanded Ad Hoc Sub Process': 'Quy trình con tùy chọn việc (mở rộng)',
  'Intermediate Catch Event': 'Sự kiện trung gian',
  'Select an element to edit its properties.': 'Chọn một phần tử để sửa thuộc tính.',
  'Multiple elements are selected. Select a single element to edit its properties.':
    'Đang chọn nhiều phần tử. Chọn một phần tử để sửa thuộc tính.',
  'Toggle section': 'Mở hoặc gập nhóm',
  'Section contains an error': 'Nhóm có chỗ sai',
  'Section contains edits': 'Nhóm đã có giá trị'
};

const GROUPS = {
  'General': 'Chung',
  'Work of a person': 'Việc của người',
  'Condition': 'Điều kiện',
  'Timer': 'Hẹn giờ',
  'Automatic work': 'Xử lý tự động',
  'Message, signal, error': 'Thông điệp, tín hiệu, lỗi',
  'Called process': 'Gọi quy trình con',
  'Interruption': 'Ngắt việc',
  'Silence rule': 'Luật không trả lời',
  'Repetition': 'Lặp nhiều lần'
};

const GENERAL = {
  'Name': 'Tên',
  'ID': 'Mã (ID)',
  'Process ID': 'Mã quy trình (ID)',
  'Text': 'Nội dung',
  'Notes': 'Ghi chú',
  'Guidance': 'Hướng dẫn',
  'Shown to the person who does this step': 'Hiện cho người làm bước này',
  'Executable': 'Cho phép chạy',
  'Description': 'Mô tả',
  'Who may start it': 'Ai được mở hồ sơ',
  'Roles, separated by commas; empty: everybody': 'Các vai trò, cách nhau bằng dấu phẩy; để trống: mọi người',
  'An ID is needed.': 'Phải có mã.',
  'Letters without accents, digits, _ - and . only; begins with a letter.':
    'Chỉ gồm chữ không dấu, chữ số, dấu _ - và dấu chấm; bắt đầu bằng chữ.',
  'This ID is taken.': 'Mã này đã dùng ở phần tử khác.'
};

const PEOPLE = {
  'Role': 'Vai trò',
  'Whoever holds this post in the unit gets the task': 'Người giữ vai trò này trong đơn vị sẽ nhận việc',
  'Not chosen': 'Chưa chọn',
  'Official': 'Chuyên viên',
  'Head of unit': 'Trưởng đơn vị',
  'Leader of the department': 'Lãnh đạo Sở',
  'Records clerk': 'Văn thư',
  'Administrator': 'Quản trị',
  'Unit (expression)': 'Đơn vị (biểu thức)',
  'For example: lead': 'Ví dụ: lead',
  'Form (key)': 'Biểu mẫu (mã)',
  'No form': 'Không có biểu mẫu',
  'Purpose of the step': 'Mục đích của bước',
  'Any other': 'Việc khác',
  'Draft': 'Soạn dự thảo',
  'Contribute an opinion': 'Góp ý',
  'Consolidate the opinions': 'Tổng hợp ý kiến',
  'Review': 'Kiểm tra, duyệt',
  'Sign': 'Ký',
  'Number and issue': 'Cấp số, phát hành',
  "Answer of the People's Committee": 'Trả lời của Ủy ban nhân dân',
  'Supplement the dossier': 'Bổ sung hồ sơ',
  'Record the result': 'Ghi nhận kết quả',
  'Report progress': 'Báo tiến độ',
  'Register an incoming paper': 'Vào sổ văn bản đến',
  'Due, in working days (expression)': 'Thời hạn, số ngày làm việc (biểu thức)',
  'Counted from the day the task opens': 'Tính từ ngày mở việc',
  'Due date (expression)': 'Ngày đến hạn (biểu thức)',
  'For example: before(due_date, 3); wins over the number of days':
    'Ví dụ: before(due_date, 3); có ngày thì bỏ qua số ngày',
  'Remind after, in working days (expression)': 'Nhắc sau, số ngày làm việc (biểu thức)',
  'Priority (expression)': 'Mức ưu tiên (biểu thức)',
  'A number from 0 to 100; 50 is ordinary': 'Số từ 0 đến 100; bình thường là 50',
  'Keep the form in the variable': 'Ghi cả biểu mẫu vào biến',
  'Empty: every field becomes a variable': 'Để trống: mỗi ô thành một biến'
};

const FLOW_AND_TIME = {
  'Condition (expression)': 'Điều kiện (biểu thức)',
  'For example: decision == "approve" and total > 0': 'Ví dụ: decision == "approve" and total > 0',
  'Goes on when (expression)': 'Đi tiếp khi (biểu thức)',
  'Taken when no other condition holds': 'Đi theo luồng này khi không điều kiện nào đúng',
  'Stops the step it is attached to': 'Dừng bước đang gắn vào',
  'Stops the process around it': 'Dừng quy trình bao ngoài',
  'Kind': 'Loại',
  'At a date or time': 'Đúng ngày, giờ',
  'After a while': 'Sau một khoảng thời gian',
  'Again and again': 'Lặp lại theo chu kỳ',
  'When (expression)': 'Thời điểm (biểu thức)',
  'A date such as 2026-03-01T17:00:00+07:00, or an expression such as before(due_date, 3)':
    'Ngày giờ như 2026-03-01T17:00:00+07:00, hoặc biểu thức như before(due_date, 3)',
  'P3D is three days, PT4H four hours; for working days: working_days(3) with a date':
    'P3D là ba ngày, PT4H là bốn giờ; muốn tính ngày làm việc thì chọn loại đúng ngày và viết working_days(3)',
  'R3/P1D is three times, a day apart; or a cron line such as 0 8 * * 1':
    'R3/P1D là ba lần, cách nhau một ngày; hoặc dòng cron như 0 8 * * 1'
};

const AUTOMATIC = {
  'Script': 'Phép tính',
  'Assignments and if, one a line; for example: total = price * count':
    'Phép gán và if, mỗi dòng một phép; ví dụ: total = price * count',
  'Keep the result in the variable': 'Ghi kết quả vào biến',
  'Decision table (ID)': 'Bảng quyết định (mã)',
  'Topic (handler)': 'Việc tự động (topic)',
  'Handed to the handler (expression)': 'Dữ liệu giao cho việc tự động (biểu thức)',
  'A mapping, for example: {"to": lead, "subject": title}': 'Các cặp tên và giá trị, ví dụ: {"to": lead, "subject": title}',
  'Tries after a failure': 'Số lần thử lại khi hỏng'
};

const REFERENCES = {
  'Message (name)': 'Thông điệp (tên)',
  'Signal (name)': 'Tín hiệu (tên)',
  'Error (name)': 'Lỗi (tên)',
  'Escalation (name)': 'Báo cấp trên (tên)',
  'Link (name)': 'Điểm nối (tên)',
  'Code': 'Mã',
  'Sender and receiver write the same name': 'Bên gửi và bên nhận viết cùng một tên',
  'Sent along (expression)': 'Dữ liệu gửi kèm (biểu thức)',
  'A mapping; the receiver gets its values as variables':
    'Các cặp tên và giá trị; bên nhận có chúng thành biến',
  'Correlation (expression)': 'Khóa khớp hồ sơ (biểu thức)',
  'Says which case the message is for, for example: business_key':
    'Cho biết thông điệp thuộc hồ sơ nào, ví dụ: business_key'
};

const REPETITION = {
  'How often': 'Làm mấy lần',
  'Once': 'Một lần',
  'For every item, all at the same time': 'Mỗi mục một lần, cùng lúc',
  'For every item, one after the other': 'Mỗi mục một lần, lần lượt',
  'Again while a condition holds': 'Lặp khi điều kiện còn đúng',
  'Again while (expression)': 'Lặp khi (biểu thức)',
  'Ask before the first time': 'Xét điều kiện trước lần đầu',
  'At most how often': 'Nhiều nhất mấy lần',
  'For every item of (expression)': 'Cho mỗi mục trong (biểu thức)',
  'For example: coordinating': 'Ví dụ: coordinating',
  'The item is called': 'Mục đang làm gọi là (biến)',
  'Or how many times (expression)': 'Hoặc số lần (biểu thức)',
  'Gather from each (expression)': 'Lấy từ mỗi lần (biểu thức)',
  'Gathered in the variable': 'Gom vào biến',
  'Enough when (expression)': 'Đủ khi (biểu thức)',
  'What is still open is then cancelled': 'Khi đủ, những việc chưa xong được hủy'
};

const CALLED = {
  'Called process (key)': 'Quy trình được gọi (mã)',
  'Version': 'Bản',
  'The latest version': 'Bản mới nhất',
  'One version for good': 'Cố định một bản',
  'Version number': 'Bản số',
  'Variables it is given': 'Biến đưa vào quy trình được gọi',
  'Variables it gives back': 'Biến nhận về',
  'Those declared; every one when none is': 'Theo khai báo; không khai báo thì mọi biến',
  'Every one': 'Mọi biến',
  'Only those declared': 'Chỉ biến đã khai báo'
};

const SILENCE = {
  'No answer in time counts as no objection': 'Quá hạn không trả lời thì coi là không có ý kiến',
  'Draws a timer on the task; when it is due the task is cancelled and the process goes on':
    'Gắn một hẹn giờ vào việc; đến hạn thì hủy việc và quy trình đi tiếp',
  'Due for the answer (expression)': 'Hạn trả lời (biểu thức)',
  'None never fires: the rule is then off for the case': 'Giá trị None: hồ sơ đó không áp dụng quy tắc này'
};

const DESK = {
  'Properties': 'Thuộc tính',
  'Findings': 'Kết quả kiểm tra',
  'Tools of the drawing': 'Công cụ của sơ đồ',
  'Undo': 'Hoàn tác',
  'Redo': 'Làm lại',
  'Zoom in': 'Phóng to',
  'Zoom out': 'Thu nhỏ',
  'Real size': 'Cỡ thật',
  'Whole drawing': 'Toàn sơ đồ',
  'File': 'Tệp',
  'Open a .bpmn file': 'Mở tệp .bpmn',
  'Download the .bpmn file': 'Tải tệp .bpmn',
  'Download the picture (.svg)': 'Tải hình .svg',
  'Check': 'Kiểm tra',
  'Publish a new version': 'Phát hành bản mới',
  'Close': 'Đóng',
  'Close the list': 'Đóng danh sách',
  'Must be mended': 'Phải sửa',
  'Mended by itself': 'Đã tự sửa',
  'Advice': 'Góp ý',
  '{count} to mend': '{count} chỗ phải sửa',
  '{count} mended by itself': '{count} chỗ đã tự sửa',
  '{count} pieces of advice': '{count} góp ý',
  'Nothing to mend.': 'không có gì phải sửa.',
  'line {line} of the file': 'dòng {line} của tệp',
  'The drawing could not be fetched: {reason}': 'Chưa lấy được sơ đồ: {reason}',
  'Opened, but {count} places of the file could not be read.': 'Đã mở, nhưng có {count} chỗ trong tệp không đọc được.',
  'The file has no drawing; this one was laid out for it.': 'Tệp không có hình vẽ; sơ đồ này được xếp tự động.',
  'This is not a BPMN drawing that can be shown: {reason}': 'Tệp này không phải sơ đồ BPMN vẽ được: {reason}',
  'Opened {file}; it is not published yet.': 'Đã mở {file}; chưa phát hành.',
  'Draft kept on this computer at {time}': 'Đã lưu nháp trên máy này lúc {time}',
  'The draft could not be kept on this computer': 'Chưa lưu được nháp trên máy này',
  'A draft not published yet was kept on this computer at {time} on {day}.':
    'Máy này còn bản nháp chưa phát hành, lưu lúc {time} ngày {day}.',
  'Open the draft': 'Mở bản nháp',
  'Drop the draft': 'Bỏ bản nháp',
  'The server cannot be reached; the drawing is still here. Try again.':
    'Không kết nối được máy chủ; sơ đồ vẫn còn ở đây. Hãy thử lại.',
  'Version {version} of {key} is published.': 'Đã phát hành bản {version} của {key}.',
  'See the definition': 'Xem quy trình',
  'Not published: {count} faults must be mended first.': 'Chưa phát hành: còn {count} chỗ phải sửa.',
  'The server refused with code {status}.': 'Máy chủ từ chối, mã {status}.',
  'Publish a new version of “{name}”?': 'Phát hành bản mới của “{name}”?',
  'Cases opened from now on run this version. Cases under way stay with theirs until they are migrated.':
    'Hồ sơ mở từ nay chạy theo bản này. Hồ sơ đang chạy giữ bản của mình cho đến khi được chuyển.',
  'Go on drawing': 'Vẽ tiếp'
};

export const PANEL_WORDS = {
  ...HEADINGS, ...GROUPS, ...GENERAL, ...PEOPLE, ...FLOW_AND_TIME, ...AUTOMATIC,
  ...REFERENCES, ...REPETITION, ...CALLED, ...SILENCE, ...DESK
};
