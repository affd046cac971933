// Calls and deliveries, the newest first; each unfolds to what was sent and what was answered.
const branch = {
  name: "branch",
  template: `
    <details v-if="inner" :open="open"><summary>{{ label }}<span class="json-sum">{{ sum }}</span></summary>
      <div class="json-inner"><branch v-for="[name, each] in inner" :key="name" :name="name" :value="each"
        :open="depth < 1" :depth="depth + 1"></branch></div>
    </details>
    <div v-else>{{ label }}<span class="json-leaf">{{ leaf }}</span></div>`,
  props: { name: String, value: null, open: Boolean, depth: { type: Number, default: 0 } },
  computed: {
    inner() {
      if (this.value === null || typeof this.value !== "object") return null;
      const inner = Object.entries(this.value);
      return inner.length ? inner : null;
    },
    label() {
      return this.name ? this.name + ": " : "";
    },
    sum() {
      const many = this.inner.length;
      return Array.isArray(this.value) ? `[${many}]` : `{${many}}`;
    },
    leaf() {
      return JSON.stringify(this.value);
    },
  },
};

export default {
  components: { branch },
  template: `
    <div class="trail">
      <form class="trail-filters" role="search" aria-label="What passes" @submit.prevent>
        <label>Show <select v-model="way" data-testid="trail-way">
          <option value="">calls and deliveries</option><option value="call">calls</option>
          <option value="delivery">deliveries</option></select></label>
        <label>Kind or method <input v-model="kind" type="text" placeholder="chat." data-testid="trail-kind"></label>
        <label>Person <select v-model="person" data-testid="trail-person"><option value="">anybody</option>
          <option v-for="each in people" :key="each.id" :value="each.id">{{ each.name }}</option></select></label>
        <label>Words <input v-model="words" type="text" data-testid="trail-words"></label>
        <label class="trail-check"><input v-model="failed" type="checkbox" data-testid="trail-failed"> Only what failed</label>
        <button type="button" class="block-button small" @click="$emit('forget')">Forget all</button>
      </form>
      <p class="hint" role="status">{{ told }}</p>
      <ol class="trail-list">
        <li v-for="each in rows" :key="each.number" :class="{failed: each.failed}" data-testid="entry">
          <details @toggle="toggled($event, each.number)">
            <summary>
              <span class="trail-at">{{ each.at }}</span>
              <span class="trail-way" :class="each.call ? 'call' : 'delivery'">{{ each.call ? "call" : "delivery" }}</span>
              <span class="trail-kind"><b>{{ each.kind }}</b> {{ each.what }}</span>
              <span class="trail-marks">
                <span v-if="each.retry" class="mark">retry {{ each.retry }}</span>
                <span v-if="each.fault" class="mark fault">{{ each.fault }}</span>
                <span v-if="each.error" class="mark bad">{{ each.error }}</span>
                <span v-if="each.call && each.failed" class="mark">{{ each.effect ? "took effect" : "no effect" }}</span>
              </span>
              <span class="trail-who">{{ [each.who, each.to].filter(Boolean).join(" · ") }}</span>
              <span class="trail-took">{{ each.status || "no answer" }} · {{ each.took }}</span>
            </summary>
            <div class="trail-detail" v-if="details[each.number]">
              <section v-for="[title, text] in parts(each)" :key="title">
                <h3>{{ title }} <button type="button" class="block-button small" @click="copy(text)">Copy</button></h3>
                <div class="json"><branch v-if="tree(text) !== undefined" :value="tree(text)" :open="true"></branch>
                  <pre v-else>{{ text }}</pre></div>
              </section>
            </div>
          </details>
        </li>
      </ol>
      <button v-if="more" type="button" class="earlier" @click="$emit('more')">Show more</button>
    </div>`,
  props: { rows: Array, details: Object, people: Array, more: Boolean, kept: Number },
  emits: ["filter", "unfold", "more", "forget"],
  data: () => ({ way: "", kind: "", person: "", words: "", failed: false }),
  computed: {
    told() {
      if (!this.kept) return "Nothing has passed yet.";
      const many = this.rows.length;
      return many ? `${many}${this.more ? " or more" : ""} of ${this.kept} kept` : "Nothing like that has passed.";
    },
    wanted() {
      return { way: this.way, kind: this.kind, person: this.person, words: this.words, failed: this.failed };
    },
  },
  watch: {
    wanted(wanted) {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.$emit("filter", wanted), 150);
    },
  },
  methods: {
    toggled(event, number) {
      if (event.target.open && !this.details[number]) this.$emit("unfold", number);
    },
    parts(each) {
      const { sent, answer } = this.details[each.number];
      const parts = [[each.call ? "Arguments" : "Payload", sent]];
      if (answer) parts.push(["Answer", answer]);
      return parts;
    },
    tree(text) {
      try {
        return JSON.parse(text);
      } catch {
        return undefined; // it was cut, or is no JSON
      }
    },
    copy(text) {
      navigator.clipboard?.writeText(text);
    },
  },
};
