/** The words of the page in its two languages; `{n}` and the like are filled in. */
export type Language = "en" | "vi";

const WORDS = {
  skip: ["Skip to the results", "Đến phần kết quả"],
  search: ["Search people, posts, meetings, documents…", "Tìm người, chức vụ, cuộc họp, văn bản…"],
  searchShort: ["Search…", "Tìm kiếm…"],
  results: ["Results", "Kết quả"],
  noResult: ["Nothing is called that. Diacritics may be left out.", "Không tìm thấy. Có thể gõ không dấu."],
  resultCount: ["{n} results", "{n} kết quả"],
  graph: ["Graph", "Đồ thị"],
  table: ["Table", "Bảng"],
  filters: ["Filters", "Bộ lọc"],
  close: ["Close", "Đóng"],
  reset: ["Reset", "Đặt lại"],
  otherLanguage: ["Tiếng Việt", "English"],
  theme: ["Light or dark", "Sáng hoặc tối"],
  zoomIn: ["Zoom in", "Phóng to"],
  zoomOut: ["Zoom out", "Thu nhỏ"],
  fit: ["Show everything", "Xem toàn bộ"],
  arrange: ["Arrange anew by forces", "Sắp xếp lại bằng lực"],
  picture: ["Save picture (PNG)", "Lưu ảnh (PNG)"],
  canvas: [
    "Drawing of the graph. Arrow keys move, plus and minus zoom, 0 shows everything. All entities are also in the search and in the table.",
    "Hình vẽ đồ thị. Phím mũi tên để di chuyển, cộng và trừ để phóng to, thu nhỏ, 0 để xem toàn bộ. Mọi mục đều có trong ô tìm kiếm và trong bảng.",
  ],
  noWebgl: [
    "This browser cannot draw the graph (WebGL is off). Search, dossiers and the table work.",
    "Trình duyệt này không vẽ được đồ thị (WebGL bị tắt). Tìm kiếm, hồ sơ và bảng vẫn dùng được.",
  ],
  count: ["{n} of {all} entities, {m} relations", "{n} trên {all} mục, {m} quan hệ"],
  countAll: ["{n} entities, {m} relations", "{n} mục, {m} quan hệ"],
  nothing: ["Nothing passes these filters.", "Không có gì khớp với bộ lọc."],
  large: [
    "This graph has {all} entities; {n} fit the filters and the {most} with the most relations are drawn. Search and table reach all of them; choose a province or kinds to draw others.",
    "Đồ thị có {all} mục; {n} mục khớp bộ lọc, chỉ vẽ {most} mục có nhiều quan hệ nhất. Tìm kiếm và bảng có đủ tất cả; chọn tỉnh hoặc loại để vẽ các mục khác.",
  ],
  kinds: ["Kinds", "Loại"],
  relations: ["Relations", "Quan hệ"],
  province: ["Province", "Tỉnh, thành phố"],
  allProvinces: ["All provinces", "Tất cả"],
  sources: ["Language of the reports", "Ngôn ngữ của bài"],
  unknownLanguage: ["not stated", "không rõ"],
  time: ["Time", "Thời gian"],
  from: ["From", "Từ"],
  until: ["Until", "Đến"],
  allTime: ["All dates", "Mọi thời điểm"],
  play: ["Play", "Phát"],
  pause: ["Pause", "Dừng"],
  undated: ["with undated", "cả mục không rõ ngày"],
  noDates: ["No report in this graph is dated.", "Không có bài nào ghi ngày."],
  histogram: ["Relations by date; drag to choose a range", "Quan hệ theo ngày; kéo để chọn khoảng"],
  overview: ["What is in this graph", "Đồ thị có gì"],
  overviewHint: [
    "Search, or choose an entity or a line of the drawing. Every line leads to the sentence that states it.",
    "Hãy tìm kiếm, hoặc chọn một mục hay một đường trên hình. Mỗi đường đều dẫn tới câu nói điều đó.",
  ],
  mostPeople: ["Most connected people", "Những người nhiều quan hệ nhất"],
  mostEvents: ["Largest meetings", "Các cuộc họp đông nhất"],
  back: ["Overview", "Tổng quan"],
  alsoWritten: ["Also written", "Cách viết khác"],
  together: ["Shared the chair with", "Cùng chủ trì với"],
  copyLink: ["Copy link", "Chép liên kết"],
  copied: ["Copied", "Đã chép"],
  centre: ["Show in the graph", "Xem trên đồ thị"],
  evidence: ["Evidence", "Chứng cứ"],
  evidenceOf: ["Evidence: {what}", "Chứng cứ: {what}"],
  noEvidence: [
    "Follows from the identifiers and the gazetteer; no report states it.",
    "Suy ra từ mã định danh và bảng địa danh; không có bài nào nêu.",
  ],
  rule: ["rule", "quy tắc"],
  confidence: ["confidence", "độ tin cậy"],
  bytes: ["bytes {start} to {end} of the report", "byte {start} đến {end} của bài"],
  read: ["Read the report", "Đọc bài"],
  reports: ["{n} reports", "{n} bài"],
  report: ["1 report", "1 bài"],
  acting: ["acting", "quyền"],
  more: ["Show {n} more", "Xem thêm {n}"],
  whatItSays: ["What this report says", "Bài này cho biết"],
  published: ["Published", "Ngày đăng"],
  heldOn: ["Held on", "Ngày họp"],
  issuedOn: ["Issued on", "Ngày ban hành"],
  subject: ["From", "Từ"],
  relation: ["Relation", "Quan hệ"],
  object: ["To", "Đến"],
  first: ["First report", "Bài đầu"],
  last: ["Last report", "Bài cuối"],
  weight: ["Reports", "Số bài"],
  tableCaption: ["Relations that pass the filters; a row opens its evidence", "Các quan hệ khớp bộ lọc; chọn một dòng để xem chứng cứ"],
  legend: ["made with chutoa", "tạo bằng chutoa"],
  explain: ["Show the evidence", "Xem chứng cứ"],
} satisfies Record<string, [string, string]>;

const KIND: Record<string, [string, string, string, string]> = {
  person: ["Person", "People", "Người", "Người"],
  post: ["Post", "Posts", "Chức vụ", "Chức vụ"],
  organization: ["Body", "Bodies", "Cơ quan", "Cơ quan"],
  province: ["Province", "Provinces", "Tỉnh, thành phố", "Tỉnh, thành phố"],
  event: ["Meeting or event", "Meetings and events", "Cuộc họp, sự kiện", "Cuộc họp, sự kiện"],
  document: ["Document", "Documents", "Văn bản", "Văn bản"],
  article: ["Report", "Reports", "Bài báo", "Bài báo"],
};

/** A relation's verb, its heading at the subject, its heading at the object. */
const RELATION: Record<string, [string, string, string, string, string, string]> = {
  holds: ["holds", "Posts", "Holders", "giữ chức", "Chức vụ", "Người giữ chức"],
  held: ["formerly held", "Former posts", "Former holders", "từng giữ", "Chức vụ trước đây", "Người từng giữ"],
  elected_to: ["elected to", "Elected or appointed to", "Elected or appointed", "được bầu, bổ nhiệm", "Được bầu, bổ nhiệm", "Người được bầu, bổ nhiệm"],
  left: ["left", "Posts left", "Who left", "thôi giữ", "Thôi giữ", "Người thôi giữ"],
  chaired: ["chaired", "Chaired", "Chaired by", "chủ trì", "Chủ trì", "Người chủ trì"],
  spoke_at: ["spoke at", "Spoke at", "Speakers", "phát biểu tại", "Phát biểu tại", "Người phát biểu"],
  attended: ["attended", "Attended", "Present", "tham dự", "Tham dự", "Người tham dự"],
  wrote: ["wrote", "Wrote", "Byline", "viết", "Tác giả của", "Tác giả"],
  organized_by: ["organized by", "Organized by", "Meetings", "được tổ chức bởi", "Đơn vị tổ chức", "Cuộc họp"],
  held_in: ["held in", "Held in", "Meetings held here", "tổ chức tại", "Tổ chức tại", "Sự kiện tại đây"],
  cites: ["cites", "Documents cited", "Cited in", "viện dẫn", "Văn bản viện dẫn", "Được viện dẫn trong"],
  issued_by: ["issued by", "Issued by", "Documents issued", "được ban hành bởi", "Cơ quan ban hành", "Văn bản ban hành"],
  mentions: ["mentions", "Provinces named", "Named in", "nhắc đến", "Tỉnh được nhắc đến", "Được nhắc đến trong"],
  merged_into: ["merged into", "Merged into", "Formed from", "sáp nhập vào", "Sáp nhập vào", "Hợp nhất từ"],
  post_of: ["post of", "Body", "Posts", "thuộc cơ quan", "Cơ quan", "Chức vụ"],
  located_in: ["located in", "Province", "Bodies", "thuộc tỉnh", "Tỉnh, thành phố", "Cơ quan"],
};

export type Word = keyof typeof WORDS;

export class Words {
  constructor(readonly language: Language) {}

  say(word: Word, values: Record<string, string | number> = {}): string {
    const text = WORDS[word][this.language === "vi" ? 1 : 0];
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language).format(value);
  }

  kind(kind: string, many = false): string {
    return KIND[kind]?.[(this.language === "vi" ? 2 : 0) + (many ? 1 : 0)] ?? kind;
  }

  verb(relation: string): string {
    return RELATION[relation]?.[this.language === "vi" ? 3 : 0] ?? relation;
  }

  heading(relation: string, leaving: boolean): string {
    return RELATION[relation]?.[(this.language === "vi" ? 4 : 1) + (leaving ? 0 : 1)] ?? relation;
  }

  reports(count: number): string {
    return count === 1 ? this.say("report") : this.say("reports", { n: count });
  }

  languageName(code: string): string {
    if (!code) return this.say("unknownLanguage");
    try {
      const name = new Intl.DisplayNames([this.language], { type: "language" }).of(code) ?? code;
      return name.charAt(0).toUpperCase() + name.slice(1);
    } catch {
      return code;
    }
  }
}
