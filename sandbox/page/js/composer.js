// Where one writes. What is typed is kept for each place, also when the page is loaded anew.
const MOST = 8; // listed at once
const AROUND = { bold: "*", italic: "_", strike: "~", code: "`" };
const COMMAND = /^\/\S*$/;
const SIGN = /(?:^|\s):([a-z0-9_+-]{2,})$/;
const ALL = [["channel", "Notify everybody in this channel"], ["here", "Notify everybody who is here now"]].map(
  ([name, about]) => ({ id: name, name: `@${name}`, about, insert: `@${name}`, find: name }),
);
const NAME = /(?:^|[\s(])([@#])([^\s@#][^@#\n]{0,30}|)$/;

const drawn = (lines) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${lines}"/></svg>`;
const SIGNS = {
  attach: drawn("M10 4v12M4 10h12"),
  smile: drawn("M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M7 8v.6M13 8v.6M6.4 11.8c1.6 3 5.6 3 7.2 0"),
  quote: drawn("M4 4v12M8 6h8M8 10h8M8 14h5"),
  list: drawn("M4 5.5v.6M4 10v.6M4 14.5v.6M8 5.8h9M8 10.3h9M8 14.8h9"),
  bold: "B", italic: "I", strike: "S", code: "&lt;&gt;", block: "{ }",
};

export default {
  template: `
    <div class="composer" :class="look" @dragover.prevent @drop.prevent="dropped">
      <p v-if="hint" class="composer-hint" data-testid="command-hint">
        <strong>{{ hint.command }}</strong> <span v-if="hint.usage_hint">{{ hint.usage_hint }}</span>
        <span class="hint">{{ hint.description }}</span>
      </p>
      <ul v-show="open" class="options" role="listbox" :id="id" :aria-label="listed" data-testid="options">
        <li v-for="(each, number) in options" :key="each.id" role="option" class="option" :id="id + '-' + number"
          :aria-selected="String(number === at)" :class="{chosen: number === at}"
          @mousedown.prevent="take(each)" @mousemove="at = number">
          <span v-if="each.face" class="face small" :class="'face-' + each.colour" aria-hidden="true">{{ each.face }}</span>
          <span class="option-name">{{ each.name }}</span>
          <span v-if="each.usage" class="option-usage">{{ each.usage }}</span>
          <span class="hint">{{ each.about }}</span>
        </li>
      </ul>
      <p class="unseen" role="status">{{ told }}</p>
      <div class="composer-box">
        <div v-if="!slim" class="composer-tools" role="toolbar" aria-label="Formatting" @keydown="along">
          <button v-for="(each, number) in tools" :key="each.label" type="button" class="tool" :class="each.look"
            :tabindex="number ? -1 : 0" :aria-label="each.label" :title="each.title ?? each.label"
            @mousedown.prevent @click="each.run" v-html="signs[each.sign]"></button>
        </div>
        <textarea ref="field" class="composer-field" rows="1" v-model="text" :placeholder="label" :aria-label="spoken"
          :data-testid="test" aria-autocomplete="list" aria-haspopup="listbox" :aria-controls="id"
          :aria-activedescendant="open ? id + '-' + at : null"
          @keydown="pressed" @input="typed" @click="looked" @blur="closed = true" @focus="ask_names"
          @paste="pasted"></textarea>
        <ul v-if="files.length" class="staged" aria-label="Files to send">
          <li v-for="(file, number) in files" :key="file.key" class="staged-file" data-testid="staged">
            <img v-if="file.view" :src="file.view" alt="">
            <span class="staged-words">
              <span>{{ file.name }}</span>
              <span class="hint">{{ file.id ? file.size : file.failed || "Uploading…" }}</span>
              <input v-if="file.view" v-model="file.alt" class="staged-alt" placeholder="Describe the picture"
                :aria-label="'Description of ' + file.name">
            </span>
            <button type="button" class="tool" :aria-label="'Remove ' + file.name" @click="files.splice(number, 1)">✕</button>
          </li>
        </ul>
        <div class="composer-foot">
          <template v-if="!slim">
            <button type="button" class="tool" :data-testid="attach" aria-label="Attach files" title="Attach files"
              @click="$refs.chooser.click()" v-html="signs.attach"></button>
            <input ref="chooser" type="file" multiple hidden tabindex="-1" aria-hidden="true"
              @change="chosen($event.target.files); $event.target.value = ''">
            <button type="button" class="tool" aria-label="Add an emoji" title="Add an emoji" @click="smile" v-html="signs.smile"></button>
            <button type="button" class="tool" aria-label="Mention somebody" title="Mention somebody" @click="begin('@')">@</button>
            <button v-if="commands.length && !thread" type="button" class="tool" aria-label="Use a command"
              title="Use a command" @click="begin('/')">/</button>
          </template>
          <label v-if="thread" class="too"><input type="checkbox" v-model="too" data-testid="broadcast"> Also send to {{ too_where }}</label>
          <span class="composer-end">
            <span v-if="slim" class="composer-help hint" aria-hidden="true">Escape cancels, Enter saves</span>
            <span v-if="!slim" class="composer-help hint" aria-hidden="true"><b>*bold*</b> <i>_italic_</i> <code>\`code\`</code></span>
            <button v-if="slim" type="button" class="block-button" data-testid="edit-cancel" @click="$emit('cancel')">Cancel</button>
            <button type="button" class="block-button primary send" :data-testid="slim ? 'edit-save' : send_test"
              :disabled="!ready" @click="send">{{ slim ? "Save" : "Send" }}</button>
          </span>
        </div>
      </div>
    </div>`,
  props: {
    where: { type: String, default: "" }, base: { type: String, default: "" }, user: String, label: { type: String, default: "Message" }, test: String,
    commands: Array, everybody: Boolean, thread: Boolean, too_where: String,
    value: { type: String, default: "" }, picked: Object, look: { type: String, default: "" },
  },
  emits: ["send", "typed", "cancel"],
  data() {
    return {
      signs: SIGNS, text: this.value, names: { ...this.picked }, files: [], too: false, at: 0, caret: 0, closed: true,
      id: "options-" + Math.random().toString(36).slice(2),
    };
  },
  computed: {
    slim() {
      return this.look === "edit";
    },
    spoken() {
      return this.slim ? this.label : `${this.label}. Enter sends, Shift and Enter begins a new line`;
    },
    attach() {
      return this.thread ? "thread-attach" : "attach";
    },
    send_test() {
      return this.thread ? "thread-send" : "send";
    },
    ready() {
      const there = this.files.filter((each) => !each.failed);
      return (this.slim || this.text.trim() || there.length > 0) && there.every((each) => each.id);
    },
    before() {
      return this.text.slice(0, this.caret);
    },
    listed() {
      return { "/": "Commands", "@": "People", "#": "Channels", ":": "Emoji" }[this.asked.sign] ?? "Options";
    },
    // What is being looked for: after which sign, from where on, and the words so far.
    asked() {
      if (COMMAND.test(this.before)) return { sign: "/", from: 0, words: this.before.toLowerCase() };
      const smile = SIGN.exec(this.before);
      if (smile) return { sign: ":", from: this.caret - smile[1].length - 1, words: smile[1] };
      const found = NAME.exec(this.before);
      if (!found) return { sign: "" };
      const words = found[2].toLowerCase();
      return { sign: found[1], from: this.caret - words.length - 1, words };
    },
    options() {
      const { sign, words } = this.asked;
      if (sign === "/") return this.commandsFor(words);
      const all = sign ? this.known(sign) : [];
      // What is typed begins a word of the name.
      const fits = ({ find }) => find.startsWith(words) || [" ", ".", "_", "-"].some((sign) => find.includes(sign + words));
      return all.filter(fits).slice(0, MOST);
    },
    open() {
      return !this.closed && this.options.length > 0;
    },
    told() {
      return this.open ? `${this.listed}: ${this.options.length} to choose from with the arrow keys` : "";
    },
    hint() {
      const first = /^(\/\S+)\s/.exec(this.text)?.[1];
      return this.thread ? null : this.commands.find((each) => each.command === first);
    },
    tools() {
      const wrap = (label, look, keys) => ({
        label, sign: look, look, title: `${label} (${keys})`, run: () => this.around(AROUND[look]),
      });
      return [
        wrap("Bold", "bold", "Ctrl+B"), wrap("Italic", "italic", "Ctrl+I"),
        wrap("Strikethrough", "strike", "Ctrl+Shift+X"), wrap("Code", "code", "Ctrl+Shift+C"),
        { label: "Code block", sign: "block", run: () => this.around("```") },
        { label: "Quote", sign: "quote", run: () => this.lines("> ") },
        { label: "Bulleted list", sign: "list", run: () => this.lines("• ") },
      ];
    },
  },
  watch: {
    // Another place: what was typed there comes back. What was typed since the click that led
    // there is meant for it.
    where(now, then) {
      const { text, stood } = this;
      const since = stood !== null && text !== stood ? text.slice(text.startsWith(stood) ? stood.length : 0) : "";
      if (since) this.text = stood;
      this.store(then);
      this.load(now);
      if (since && !this.text) this.text = since;
      this.stood = null;
    },
    text() {
      this.$emit("typed", this.text);
      this.$nextTick(this.grow);
      if (this.where) this.store(this.where);
    },
    files: { deep: true, handler() { if (this.where) this.store(this.where); } },
    options() {
      this.at = 0;
    },
    value(now) {
      this.text = now;
    },
  },
  created() {
    this.stood = null;
  },
  mounted() {
    if (this.where) this.load(this.where);
    this.grow();
    addEventListener("pointerdown", this.elsewhere, true);
    addEventListener("keydown", this.elsewhere, true);
  },
  unmounted() {
    removeEventListener("pointerdown", this.elsewhere, true);
    removeEventListener("keydown", this.elsewhere, true);
  },
  methods: {
    ask_names() {
      emitEvent("talk", ["names", "", "", ""]);
    },
    known(sign) {
      const { people = [], channels = [], emoji } = window.talk.names();
      if (sign === "#") return channels;
      if (sign === "@") return this.everybody ? [...people, ...ALL] : people;
      return emoji.map(([name, sign]) => ({ id: name, name: sign, about: `:${name}:`, insert: sign, find: name }));
    },
    commandsFor(words) {
      if (this.thread) return [];
      return this.commands
        .filter((each) => each.command.startsWith(words))
        .map((each) => ({
          id: each.command, name: each.command, usage: each.usage_hint, about: each.description, insert: each.command,
        }));
    },
    elsewhere(event) {
      const acts = event.type === "pointerdown" || event.key === "Enter" || event.key === " ";
      if (acts && !this.$el.contains(event.target)) this.stood = this.text;
    },
    key: (where) => `draft ${where}`,
    store(where) {
      const files = this.files.filter((each) => each.id).map((each) => ({ ...each, view: each.picture }));
      if (!this.text && !files.length) sessionStorage.removeItem(this.key(where));
      else sessionStorage.setItem(this.key(where), JSON.stringify({ text: this.text, names: this.names, files }));
    },
    load(where) {
      const kept = JSON.parse(sessionStorage.getItem(this.key(where)) ?? "{}");
      this.text = kept.text ?? "";
      this.names = kept.names ?? {};
      this.files = kept.files ?? [];
      this.too = false;
      this.closed = true;
    },
    grow() {
      const field = this.$refs.field;
      if (!field) return;
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    },
    looked() {
      this.caret = this.$refs.field.selectionStart;
    },
    typed() {
      this.looked();
      this.text = this.$refs.field.value;
      this.closed = false;
    },
    pressed(event) {
      if (event.isComposing) return;
      if (this.open && this.choose(event)) return event.preventDefault();
      if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        this.send();
      } else if (event.key === "Escape" && this.slim) {
        event.preventDefault();
        this.$emit("cancel");
      } else if (event.key === "ArrowUp" && !this.text && !this.slim) {
        this.again(event);
      } else if (event.ctrlKey || event.metaKey) {
        this.shortened(event);
      }
    },
    choose(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        this.at = (this.at + step + this.options.length) % this.options.length;
        this.$nextTick(() => this.$el.querySelector(".option.chosen")?.scrollIntoView({ block: "nearest" }));
        return true;
      }
      if (event.key === "Escape") return (this.closed = true);
      const chosen = this.options[this.at];
      const whole = event.key === "Enter" && chosen.insert === this.text;
      if (!whole && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
        this.take(chosen);
        return true;
      }
      return false;
    },
    take(option) {
      const rest = this.text.slice(this.caret);
      const start = this.text.slice(0, this.asked.from) + option.insert + " ";
      if (option.which) this.names[option.insert] = option.which;
      this.put(start + rest.replace(/^ /, ""), start.length);
      this.closed = true;
    },
    put(text, from, to = from) {
      this.text = text;
      this.$nextTick(() => {
        const field = this.$refs.field;
        field.focus();
        field.setSelectionRange(from, to);
        this.caret = to;
      });
    },
    around(mark) {
      const { selectionStart: from, selectionEnd: to } = this.$refs.field;
      const inner = this.text.slice(from, to);
      this.put(this.text.slice(0, from) + mark + inner + mark + this.text.slice(to), from + mark.length, to + mark.length);
    },
    lines(mark) {
      const { selectionStart, selectionEnd: to } = this.$refs.field;
      const from = this.text.lastIndexOf("\n", selectionStart - 1) + 1;
      const marked = this.text.slice(from, to).split("\n").map((line) => mark + line).join("\n");
      this.put(this.text.slice(0, from) + marked + this.text.slice(to), from + marked.length);
    },
    shortened(event) {
      const look = event.shiftKey
        ? { x: "strike", c: "code" }[event.key.toLowerCase()]
        : { b: "bold", i: "italic" }[event.key.toLowerCase()];
      if (!look) return;
      event.preventDefault();
      this.around(AROUND[look]);
    },
    // The tools are one stop; arrow keys go along them.
    along(event) {
      const all = [...event.currentTarget.children];
      const to = all.indexOf(event.target) + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0);
      if (event.target === all[to]) return;
      event.preventDefault();
      all[(to + all.length) % all.length].focus();
    },
    begin(sign) {
      const at = this.$refs.field.selectionStart;
      const from = sign === "/" ? 0 : at;
      const apart = sign !== "/" && at && !/\s$/.test(this.text.slice(0, at)) ? " " : "";
      this.closed = false;
      this.put(this.text.slice(0, from) + apart + sign + this.text.slice(from), from + apart.length + 1);
    },
    smile(event) {
      const at = this.$refs.field.selectionStart;
      window.talk.pick(event.currentTarget, (name) => {
        const sign = window.talk.sign(name);
        this.put(this.text.slice(0, at) + sign + this.text.slice(at), at + sign.length);
      });
    },
    // As in Slack, the arrow up in an empty line edits what one said last.
    again(event) {
      const box = this.thread ? this.$el.closest("[data-testid=thread]") : document.querySelector(".main");
      const own = [...(box?.querySelectorAll(".message[data-own]") ?? [])].pop();
      if (!own) return;
      event.preventDefault();
      own.dispatchEvent(new CustomEvent("edit"));
    },
    send() {
      if (!this.ready) return;
      const text = this.text;
      const names = Object.entries(this.names).filter(([name]) => text.includes(name));
      const files = this.files.filter((each) => each.id).map(({ id, alt }) => ({ id, alt: alt ?? "" }));
      this.$emit("send", { text, picked: Object.fromEntries(names), files, too: this.too, where: this.where });
      if (this.slim) return;
      Object.assign(this, { text: "", names: {}, files: [], too: false, closed: true });
      this.$refs.field.focus();
    },
    // What Slack would not take comes back, unless something else has been begun.
    back(said) {
      if (this.text || this.files.length || said.where !== this.where) {
        const kept = { text: said.text, names: said.picked, files: [] };
        if (said.where !== this.where) sessionStorage.setItem(this.key(said.where), JSON.stringify(kept));
        return;
      }
      this.names = said.picked;
      this.put(said.text, said.text.length);
    },
    pasted(event) {
      if (event.clipboardData.files.length) this.chosen(event.clipboardData.files);
    },
    dropped(event) {
      if (!this.slim) this.chosen(event.dataTransfer.files);
    },
    chosen(files) {
      for (const file of files) this.upload(file);
      this.$refs.field.focus();
    },
    async upload(file) {
      const picture = file.type.startsWith("image/");
      const size = file.size < 1024 ? `${file.size} bytes` : `${Math.ceil(file.size / 1024)} KB`;
      const key = Math.random().toString(36);
      this.files.push({ key, name: file.name, size, picture: "", view: picture ? URL.createObjectURL(file) : "", id: "" });
      const mine = () => this.files.find((each) => each.key === key) ?? {};
      try {
        const headers = { "x-file-name": encodeURIComponent(file.name), "x-as": this.user };
        const answer = await fetch(`${this.base}/sent-ahead`, { method: "POST", headers, body: file });
        if (!answer.ok) throw new Error(answer.statusText);
        const { id } = await answer.json();
        Object.assign(mine(), { id, picture: picture ? `${this.base}/files/${id}` : "" });
      } catch {
        mine().failed = "Could not be uploaded";
      }
    },
  },
};
