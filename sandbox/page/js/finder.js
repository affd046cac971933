// A list with a field that searches it; what one can do with each thing in it stands beside it.
// With `picks` the list is one to pick from: arrow keys choose while one types, Enter takes.
const MOST = 60;

export default {
  template: `
    <div class="finder">
      <input v-model="words" ref="field" class="finder-field" type="text" autocomplete="off" autofocus
        :aria-label="label" :placeholder="label" @keydown="typed" :role="picks ? 'combobox' : null"
        :aria-expanded="picks ? 'true' : null" :aria-controls="picks ? id : null"
        :aria-activedescendant="picks && found.length ? id + '-' + at : null" data-testid="finder">
      <p class="hint finder-told" role="status">{{ told }}</p>
      <ul :id="id" class="finder-list" :role="picks ? 'listbox' : null" :aria-label="picks ? label : null">
        <li v-for="(each, number) in found" :key="each.id" class="finder-item"
          :class="{chosen: picks && number === at}" :id="id + '-' + number"
          :role="picks ? 'option' : null" :aria-selected="picks ? String(number === at) : null"
          :data-testid="'found-' + each.id" @click="picks && $emit('pick', each.id, 'pick')">
          <span class="sign" :class="each.kind" aria-hidden="true">{{ each.sign }}</span>
          <span class="finder-words">
            <span class="finder-name">{{ each.name }}
              <span v-for="mark in each.marks" :key="mark" class="mark">{{ mark }}</span>
            </span>
            <span v-if="each.about" class="hint">{{ each.about }}</span>
          </span>
          <template v-if="!picks">
            <button v-for="act in each.acts" :key="act.id" type="button" class="block-button small"
              :class="act.look" :aria-label="act.label + ' ' + each.name"
              @click="$emit('pick', each.id, act.id)">{{ act.label }}</button>
          </template>
        </li>
      </ul>
    </div>`,
  props: { items: Array, label: String, picks: Boolean, none: String },
  emits: ["pick"],
  data: () => ({ words: "", at: 0, id: "finder-" + Math.random().toString(36).slice(2) }),
  computed: {
    fitting() {
      const words = this.words.toLowerCase().split(/[\s#@]+/).filter(Boolean);
      const about = (each) => [each.name, each.about, ...(each.marks ?? [])].join(" ").toLowerCase();
      const begins = (each) => words.length > 0 && each.name.toLowerCase().startsWith(words[0]);
      const fitting = this.items.filter((each) => words.every((word) => about(each).includes(word)));
      return words.length ? fitting.sort((a, b) => begins(b) - begins(a)) : fitting;
    },
    found() {
      return this.fitting.slice(0, MOST);
    },
    told() {
      const all = this.fitting.length;
      if (!all) return this.none;
      return all > MOST ? `${all} found, the first ${MOST} shown` : `${all} found`;
    },
  },
  watch: {
    words() {
      this.at = 0;
    },
  },
  mounted() {
    if (!this.picks) return;
    // The list may come a moment after its field.
    setTimeout(() => {
      const { words, enter } = typedAhead();
      this.words = words;
      this.$refs.field.focus();
      if (enter) this.$nextTick(() => this.take());
    });
  },
  methods: {
    take() {
      if (this.found.length) this.$emit("pick", this.found[this.at].id, "pick");
    },
    typed(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.picks) {
        event.preventDefault();
        this.at = (this.at + step + this.found.length) % Math.max(this.found.length, 1);
        this.$nextTick(() => this.$el.querySelector(".chosen")?.scrollIntoView({ block: "nearest" }));
      }
      if (event.key === "Enter" && this.picks) {
        event.preventDefault();
        this.take();
      }
    },
  },
};
