// One message. What is done with it is told by its ts, not by this element: a message drawn anew
// at that moment loses nothing.
const drawn = (lines) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${lines}"/></svg>`;
const SIGNS = {
  smile: drawn("M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M7 8v.6M13 8v.6M6.4 11.8c1.6 3 5.6 3 7.2 0"),
  reply: drawn("M3 4.5h14v9.5h-7.5L6 17v-3H3zM6.5 8h7M6.5 10.7h4.5"),
  gone: drawn("M4 6h12M8 6V4h4v2M5.5 6l.8 10.5h7.4L14.5 6"),
  more: drawn("M10 4v.6M10 9.7v.6M10 15.4v.6"),
};

export default {
  template: `
    <article class="message" data-testid="message" :class="looks" :data-ts="m.ts" :data-own="m.own || null"
      :aria-label="m.spoken" @keydown.self="pressed" @focusin="entered" @focusout="left" @edit="edit">
      <p v-if="m.note" class="message-note">
        <span>{{ m.note }}</span>
        <button v-if="m.thread_of" type="button" class="plain-link" @click="tell('thread', m.thread_of)">View thread</button>
      </p>
      <div class="message-row">
        <div class="message-edge">
          <time v-if="m.follows" class="when" :datetime="m.iso" :title="m.full">{{ m.at }}</time>
          <span v-else-if="m.line" class="line-sign" aria-hidden="true">•</span>
          <span v-else-if="m.tombstone" class="face gone" aria-hidden="true" v-html="signs.gone"></span>
          <span v-else class="face" :class="'face-' + m.colour" role="img" :aria-label="m.alt">{{ m.initials }}</span>
        </div>
        <div class="message-body">
          <div v-if="!m.follows && !m.line && !m.tombstone" class="message-head">
            <span class="who">{{ m.who }}</span>
            <span v-if="m.app" class="app-badge">App</span>
            <time class="when" :datetime="m.iso" :title="m.full">{{ m.at }}</time>
          </div>
          <nicegui-composer v-if="editing" class="editing" :value="draft" :picked="m.picked" look="edit"
            label="Edit message" test="edit-composer" :commands="[]"
            @typed="keep" @send="save" @cancel="stop"></nicegui-composer>
          <div v-else class="message-words">
            <div v-if="m.html" class="section" :class="{quiet: m.quiet}" v-html="m.html"></div>
            <slot></slot>
            <time v-if="m.line" class="when" :datetime="m.iso" :title="m.full">{{ m.at }}</time>
          </div>
          <div v-for="card in m.cards" class="card" data-testid="card">
            <a v-if="card.address" class="who" :href="card.address" target="_blank" rel="noopener noreferrer">{{ card.title || card.address }}</a>
            <span v-else-if="card.title" class="who">{{ card.title }}</span>
            <div v-if="card.html" class="section" v-html="card.html"></div>
            <span v-if="card.fallback">{{ card.fallback }}</span>
            <span v-if="card.foot" class="when">{{ card.foot }}</span>
          </div>
          <p v-for="address in m.previews" :key="address" class="card when" data-testid="preview">Slack would show a preview of {{ address }} here</p>
          <ul v-if="m.files.length" class="files">
            <li v-for="file in m.files" :key="file.id" class="file" :class="{picture: file.picture}" data-testid="file">
              <button v-if="file.picture" type="button" class="file-picture" title="Look at it" data-testid="picture"
                @click="look(file, $event)">
                <img :src="file.url" :alt="file.alt" loading="lazy">
              </button>
              <span v-else class="file-kind" aria-hidden="true">{{ file.kind }}</span>
              <span class="file-words">
                <span class="who">{{ file.title }}</span>
                <span class="when">{{ file.about }}</span>
              </span>
              <a class="block-button file-load" :href="file.url + '/download'" :download="file.name"
                :aria-label="'Download ' + file.title">Download</a>
            </li>
          </ul>
          <div v-if="m.reactions.length" class="reactions" role="group" aria-label="Reactions">
            <button v-for="each in m.reactions" :key="each.name" type="button" class="reaction" data-testid="reaction"
              :class="{mine: each.mine}" :aria-pressed="String(each.mine)" :aria-label="each.spoken" :title="each.spoken"
              @click="tell('toggle', each.name)">{{ each.sign }} {{ each.count }}</button>
            <button type="button" class="reaction add" aria-label="Add another reaction" title="Add another reaction"
              @click="pick" v-html="signs.smile"></button>
          </div>
          <button v-if="m.replies" type="button" class="thread-foot" data-testid="replies" @click="tell('thread', m.ts)">
            <span class="thread-faces" aria-hidden="true">
              <span v-for="face in m.replies.faces" :key="face.who" class="face small" :class="'face-' + face.colour">{{ face.initials }}</span>
            </span>
            <span class="thread-count">{{ m.replies.count }}</span>
            <span class="when">Last reply {{ m.replies.last }}</span>
          </button>
          <p v-if="m.only" class="only">
            <span>Only visible to you</span>
            <button type="button" class="plain-link" data-testid="dismiss" @click="tell('dismiss')">Dismiss</button>
          </p>
        </div>
      </div>
      <div v-if="m.can.react && !editing" class="message-tools" role="group" aria-label="Message actions">
        <button v-for="each in tools" :key="each.id" type="button" class="tool" :data-testid="each.test"
          :tabindex="active ? 0 : -1" :aria-label="each.label" :title="each.label" @click="each.run" v-html="signs[each.sign]"></button>
      </div>
    </article>`,
  props: { m: Object, shortcuts: Array },
  data: () => ({ active: false, editing: false, draft: "", signs: SIGNS }),
  computed: {
    looks() {
      const { m } = this;
      return { private: m.only, follows: m.follows, tombstone: m.tombstone, line: m.line, active: this.active };
    },
    tools() {
      const { m } = this;
      const tools = [{ id: "react", label: "Add reaction", sign: "smile", test: "react", run: this.pick }];
      if (m.can.reply)
        tools.push({
          id: "reply", label: "Reply in thread", sign: "reply", run: () => this.tell("thread", m.thread_of || m.ts),
          test: m.replies ? "reply" : "replies",
        });
      tools.push({ id: "more", label: "More message actions", sign: "more", test: "more", run: this.menu });
      return tools;
    },
    choices() {
      const { m } = this;
      const choices = [];
      if (m.can.reply) choices.push({ id: "thread", label: "Reply in thread", key: "T", extra: m.thread_of || m.ts });
      choices.push({ id: "link", label: "Copy link", key: "L" });
      if (m.can.unread) choices.push({ id: "unread", label: "Mark unread", key: "U" });
      if (m.can.shortcuts)
        for (const each of this.shortcuts)
          choices.push({ id: "shortcut", label: each.name, about: each.about, extra: each.id, apart: each.first });
      if (m.can.edit) choices.push({ id: "edit", label: "Edit message", key: "E", apart: true });
      if (m.can.delete)
        choices.push({ id: "delete", label: "Delete message…", key: "Del", danger: true, apart: !m.can.edit });
      return choices;
    },
  },
  mounted() {
    this.$el.tabIndex = -1;
    // One message of a list can be tabbed to: the latest, or the one that was last gone to.
    if (!this.list().some((each) => each !== this.$el && each === document.activeElement)) this.stop_here();
    if (window.talk?.edits.has(this.m.ts)) this.edit();
  },
  beforeUnmount() {
    const others = this.list().filter((each) => each !== this.$el);
    if (this.$el.tabIndex === 0 && others.length) others[others.length - 1].tabIndex = 0;
  },
  methods: {
    list() {
      const box = this.$el.closest(".messages, .stream") ?? this.$el.parentElement;
      return [...(box?.querySelectorAll(".message") ?? [])];
    },
    stop_here() {
      for (const each of this.list()) each.tabIndex = each === this.$el ? 0 : -1;
    },
    entered(event) {
      this.active = true;
      if (event.target === this.$el) this.stop_here();
    },
    left(event) {
      this.active = this.$el.contains(event.relatedTarget);
    },
    tell(what, extra = "") {
      emitEvent("talk", [what, this.m.channel, this.m.ts, extra]);
    },
    button(event) {
      return event?.currentTarget ?? this.$el.querySelector(".tool");
    },
    pick(event) {
      window.talk.pick(this.button(event), (name) => this.tell("react", name));
    },
    look(file, event) {
      window.talk.look(event.currentTarget, file);
    },
    menu(event) {
      const button = event?.currentTarget ?? this.$el.querySelector("[data-testid=more]");
      window.talk.menu(button, this.choices, (choice) => this.chosen(choice));
    },
    chosen({ id, extra }) {
      if (id === "edit") return this.edit();
      if (id === "link") return this.copy();
      if (id === "delete")
        return window.talk.ask("Delete this message?", "This can't be undone.", "Delete", () => this.tell("delete"));
      this.tell(id, extra);
    },
    copy() {
      navigator.clipboard?.writeText(this.m.link);
      this.tell("copied");
    },
    edit() {
      if (!this.m.can.edit) return;
      this.draft = window.talk.edits.get(this.m.ts) ?? this.m.raw;
      window.talk.edits.set(this.m.ts, this.draft);
      this.editing = true;
      this.$nextTick(() => this.$el.querySelector("textarea")?.focus());
    },
    keep(text) {
      window.talk.edits.set(this.m.ts, text);
    },
    save({ text, picked }) {
      this.stop();
      if (!text.trim() && !this.m.files.length)
        return this.chosen({ id: "delete" });
      if (text !== this.m.raw) emitEvent("talk", ["edit", this.m.channel, this.m.ts, text, picked]);
    },
    stop() {
      window.talk.edits.delete(this.m.ts);
      this.editing = false;
      this.$nextTick(() => this.$el.focus());
    },
    pressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const all = this.list();
      const at = all.indexOf(this.$el);
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
      const { can } = this.m;
      const does = {
        r: () => can.react && this.pick(),
        t: () => can.reply && this.tell("thread", this.m.thread_of || this.m.ts),
        e: () => can.edit && this.edit(),
        l: () => can.react && this.copy(),
        u: () => can.unread && this.tell("unread"),
        Delete: () => can.delete && this.chosen({ id: "delete" }),
        Enter: () => can.react && this.menu(),
      }[event.key];
      if (to === undefined && !does) return;
      event.preventDefault();
      if (does) does();
      else all[Math.min(Math.max(to, 0), all.length - 1)]?.focus();
    },
  },
};
