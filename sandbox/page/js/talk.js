// What opens above the messages, one at a time: emoji to pick from, a message's menu, a question.
// Messages reach it as window.talk; it outlives what is drawn anew beneath it.
const GAP = 4;

export default {
  template: `
    <div class="talk">
      <div v-if="kind" class="talk-cover" @mousedown.self="close(true)"></div>
      <div v-if="kind === 'pick'" ref="box" class="talk-box picker" role="dialog" aria-label="Choose an emoji"
        data-testid="picker" @keydown="moved">
        <input ref="field" v-model="words" class="picker-field" type="text" placeholder="Search emoji"
          aria-label="Search emoji" autocomplete="off" @keydown.enter.prevent="take(found[0])">
        <p class="unseen" role="status">{{ found.length }} found</p>
        <div class="picker-grid" role="group" aria-label="Emoji">
          <button v-for="each in found" :key="each[0]" type="button" class="picker-one" :aria-label="each[0]"
            :title="':' + each[0] + ':'" @click="take(each)">{{ each[1] }}</button>
        </div>
        <p v-if="!found.length" class="hint">No emoji of this name here</p>
      </div>
      <div v-if="kind === 'menu'" ref="box" class="talk-box talk-menu" role="menu" aria-label="More message actions"
        data-testid="message-menu" @keydown="moved">
        <template v-for="each in choices" :key="each.label">
          <div v-if="each.apart" class="menu-line" role="separator"></div>
          <button type="button" role="menuitem" class="menu-choice" :class="{danger: each.danger}" :title="each.about"
            tabindex="-1" @click="take(each)">{{ each.label }}<kbd v-if="each.key" aria-hidden="true">{{ each.key }}</kbd></button>
        </template>
      </div>
      <div v-if="kind === 'look'" ref="box" class="talk-box talk-look" role="dialog" :aria-label="file.title"
        data-testid="looked-at" @keydown="moved">
        <img :src="file.url" :alt="file.alt">
        <div class="talk-answers">
          <a class="block-button" :href="file.url + '/download'" :download="file.name">Download</a>
          <button type="button" class="block-button" @click="close(true)">Close</button>
        </div>
      </div>
      <div v-if="kind === 'ask'" ref="box" class="talk-box talk-ask" role="alertdialog" aria-modal="true"
        aria-labelledby="talk-asked" data-testid="asked" @keydown="moved">
        <h2 id="talk-asked">{{ question }}</h2>
        <p>{{ about }}</p>
        <div class="talk-answers">
          <button type="button" class="block-button" @click="close(true)">Cancel</button>
          <button type="button" class="block-button danger" @click="take(null)">{{ answer }}</button>
        </div>
      </div>
    </div>`,
  props: { emoji: Array, people: Array, channels: Array },
  data: () => ({ file: {}, kind: "", words: "", choices: [], question: "", about: "", answer: "" }),
  computed: {
    found() {
      const words = this.words.toLowerCase().replace(/:/g, "").split(/[\s_]+/).filter(Boolean);
      return this.emoji.filter(([name]) => words.every((word) => name.includes(word)));
    },
  },
  created() {
    const { pick, menu, ask, look, sign } = this;
    const names = () => ({ people: this.people, channels: this.channels, emoji: this.emoji });
    window.talk = { pick, menu, ask, look, sign, names, edits: new Map() };
  },
  methods: {
    pick(anchor, then) {
      this.words = "";
      this.open("pick", anchor, then);
      this.$nextTick(() => this.$refs.field.focus());
    },
    menu(anchor, choices, then) {
      this.choices = choices;
      this.open("menu", anchor, then);
      this.$nextTick(() => this.$refs.box.querySelector("button").focus());
    },
    ask(question, about, answer, then) {
      Object.assign(this, { question, about, answer });
      this.open("ask", null, then);
      this.$nextTick(() => this.$refs.box.querySelector("button.danger").focus());
    },
    look(anchor, file) {
      this.file = file;
      this.open("look", null, () => {});
      this.from = anchor;
      this.$nextTick(() => this.$refs.box.querySelector("button").focus());
    },
    sign(name) {
      return this.emoji.find((each) => each[0] === name)?.[1] ?? `:${name}:`;
    },
    open(kind, anchor, then) {
      this.then = then;
      this.from = anchor ?? document.activeElement;
      this.kind = kind;
      this.$nextTick(() => anchor && this.place(anchor.getBoundingClientRect()));
    },
    place(near) {
      const box = this.$refs.box;
      const { offsetWidth: wide, offsetHeight: high } = box;
      const below = near.bottom + GAP + high < innerHeight;
      box.style.top = `${Math.max(GAP, below ? near.bottom + GAP : near.top - GAP - high)}px`;
      box.style.left = `${Math.max(GAP, Math.min(near.right - wide, innerWidth - wide - GAP))}px`;
    },
    take(what) {
      if (what === undefined) return;
      const then = this.then;
      this.close(true);
      then(this.isEmoji(what) ? what[0] : what);
    },
    isEmoji(what) {
      return Array.isArray(what);
    },
    close(back) {
      this.kind = "";
      if (back) this.from?.focus?.();
    },
    moved(event) {
      if (event.key === "Escape" || (event.key === "Tab" && this.kind === "menu")) {
        event.preventDefault();
        event.stopPropagation();
        return this.close(true);
      }
      const all = [...this.$refs.box.querySelectorAll("button, a[href]")];
      if (event.key === "Tab") return this.kept(event, [this.$refs.field, ...all].filter(Boolean));
      const wide = this.kind === "pick" ? this.columns(all) : 1;
      const at = all.indexOf(document.activeElement);
      if (at < 0 && event.key !== "ArrowDown") return;
      const steps = { ArrowDown: at < 0 ? 1 : wide, ArrowUp: -wide };
      if (this.kind !== "menu") Object.assign(steps, { ArrowRight: 1, ArrowLeft: -1 });
      const ends = { Home: 0, End: all.length - 1 };
      const to = ends[event.key] ?? (steps[event.key] && at + steps[event.key]);
      if (to === undefined) return;
      event.preventDefault();
      if (to < 0 && this.$refs.field) this.$refs.field.focus();
      else all[this.kind === "menu" ? (to + all.length) % all.length : Math.min(to, all.length - 1)]?.focus();
    },
    // The focus stays in what is open.
    kept(event, all) {
      const last = event.shiftKey ? all[0] : all[all.length - 1];
      if (document.activeElement !== last) return;
      event.preventDefault();
      (event.shiftKey ? all[all.length - 1] : all[0]).focus();
    },
    columns(all) {
      const top = all[0]?.offsetTop;
      return Math.max(1, all.filter((each) => each.offsetTop === top).length);
    },
  },
};
